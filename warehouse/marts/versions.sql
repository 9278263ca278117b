-- A version begins where the text differs from that of the capture before. A text that comes back
-- begins a version of its own, so that a correction that was taken back is seen. Where there is no text (a
-- file, an article of pictures only) the payload stands for it. An attachment is cited by the page that
-- names it and was published first: by its title and date where the file has none of its own, under its
-- office where the file names no issuing body.
with texts as (
    select
        captures.*,
        if(documents.text_digest = 'sha256:' || sha256(''), documents.payload_digest, documents.text_digest) as text_digest,
        coalesce(documents.title, addresses.title) as title,
        coalesce(documents.published_on, addresses.published) as published
    from mart.captures as captures
    inner join core.documents as documents using (payload_digest)
    inner join mart.addresses as addresses using (fetch_url)
    where captures.outcome in ('ok', 'unchanged') and documents.kind in ('article', 'file')
),

marked as (
    select
        *,
        text_digest is distinct from lag(text_digest) over in_time as begins
    from texts
    window in_time as (partition by document_id order by captured_at, run_id, line)
),

numbered as (
    select
        *,
        sum(begins::integer) over (partition by document_id order by captured_at, run_id, line) as version
    from marked
),

gathered as (
    select
        document_id,
        version::integer as version,
        first(title order by captured_at, run_id, line) as title,
        first(url) as url,
        first(fetch_url order by captured_at, run_id, line) as fetch_url,
        first(published order by captured_at, run_id, line) as published,
        text_digest,
        first(payload_digest order by captured_at, run_id, line) as payload_digest,
        min(captured_at) as captured_at,
        max(captured_at) as last_captured_at,
        count(*) as captures,
        first(warc order by captured_at, run_id, line) as warc,
        first(warc_offset order by captured_at, run_id, line) as warc_offset
    from numbered
    group by document_id, version, text_digest
),

named as (
    select
        gathered.document_id,
        gathered.version,
        gathered.title,
        gathered.published,
        payloads.payload_digest,
        pages.office,
        pages.district,
        pages.district_code,
        unnest(pages.attachments).url as file_url
    from (select distinct document_id, version, payload_digest from numbered) as payloads
    inner join core.documents as pages on pages.payload_digest = payloads.payload_digest and len(pages.attachments) > 0
    inner join gathered on gathered.document_id = payloads.document_id and gathered.version = payloads.version
),

cited as (
    select * from named
    qualify row_number() over (
        partition by file_url
        order by published nulls last, document_id, version desc, payload_digest
    ) = 1
)

select
    gathered.document_id,
    gathered.version,
    coalesce(gathered.title, cited.title) as title,
    if(of_page, cited.office, documents.office) as office,
    if(of_page, cited.district, documents.district) as district,
    if(of_page, cited.district_code, documents.district_code) as district_code,
    gathered.url,
    coalesce(gathered.published, cited.published) as published,
    gathered.text_digest,
    gathered.payload_digest,
    gathered.captured_at,
    gathered.last_captured_at,
    gathered.captures,
    gathered.warc,
    gathered.warc_offset
from gathered
inner join core.documents as documents using (payload_digest)
left join cited on cited.file_url = gathered.fetch_url
cross join lateral (
    select coalesce(documents.publisher, documents.source) is null and cited.office is not null as of_page
)
