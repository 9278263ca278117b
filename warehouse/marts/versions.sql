-- A version begins where the text differs from that of the capture before. A text that comes back
-- begins a version of its own, so that a correction that was taken back is seen. Where there is no text (a
-- file, an article of pictures only) the payload stands for it. An attachment is cited by the page that
-- names it and was published first: by its title and date where the file has none of its own, under its
-- office where the file names no issuing body.
with good as (
    select
        captures.*,
        case when trim(documents.body) = '' then documents.payload_digest else documents.text_digest end as text_digest,
        coalesce(documents.title, addresses.title) as title,
        coalesce(documents.published_on, addresses.published) as published,
        coalesce(documents.publisher, documents.source) is null as names_no_body,
        {
            office: documents.office,
            district: documents.district,
            district_code: documents.district_code
        } as place,
        documents.attachments
    from mart.captures as captures
    inner join core.documents as documents using (payload_digest)
    inner join mart.addresses as addresses using (fetch_url)
    where captures.outcome in ('ok', 'unchanged') and documents.kind in ('article', 'file')
),

named as (
    select * exclude (attachments), unnest(attachments).url as file_url
    from good
),

cited as (
    select * from named
    qualify row_number() over (
        partition by file_url
        order by published nulls last, document_id, captured_at desc, run_id desc, line desc
    ) = 1
),

texts as (
    select good.* replace (
        coalesce(good.title, cited.title) as title,
        coalesce(good.published, cited.published) as published,
        case
            when good.names_no_body and cited.place.office is not null then cited.place
            else good.place
        end as place
    )
    from good
    left join cited on cited.file_url = good.fetch_url
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
)

select
    document_id,
    version::integer as version,
    first(title order by captured_at, run_id, line) as title,
    unnest(first(place order by captured_at, run_id, line)),
    first(url) as url,
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
