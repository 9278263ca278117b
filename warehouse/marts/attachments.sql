-- The files that pages name, a row a page and file, whichever version of the page named it. A file that
-- came is a document of its own.
with good as (
    select document_id, fetch_url, payload_digest, max(captured_at) as captured_at
    from mart.captures
    where answer = 'good' and payload_digest is not null
    group by document_id, fetch_url, payload_digest
),

newest as (
    select document_id, max(captured_at) as captured_at
    from good
    group by document_id
),

named as (
    select good.*, unnest(documents.attachments) as file
    from good
    inner join core.documents as documents using (payload_digest)
),

pairs as (
    select
        document_id,
        file.url as file_url,
        last(file.name order by captured_at, payload_digest) as name,
        last(file."type" order by captured_at, payload_digest) as "type",
        last(fetch_url order by captured_at, payload_digest) as fetch_url,
        last(payload_digest order by captured_at, payload_digest) as payload_digest,
        max(captured_at) as captured_at
    from named
    group by document_id, file.url
),

asked as (
    select
        url as file_url,
        last(outcome order by fetched_at, run_id, line) as outcome,
        min(fetched_at) as first_asked_at,
        max(fetched_at) as asked_at
    from raw.captures
    where purpose in ('document', 'attachment')
    group by url
),

copies as (
    select distinct fetch_url as file_url, document_id as file_document_id
    from good
)

select
    pairs.document_id,
    coalesce(documents.title, addresses.title) as title,
    addresses.url,
    addresses.site,
    coalesce(documents.published_on, addresses.published) as published,
    pairs.name,
    pairs.file_url,
    pairs."type",
    case
        when copies.file_document_id is not null then 'held'
        when asked.outcome is not null then 'failed'
        else 'not_fetched'
    end as state,
    asked.outcome,
    asked.first_asked_at,
    asked.asked_at,
    copies.file_document_id,
    pairs.captured_at = newest.captured_at as still_named,
    pairs.captured_at,
    pairs.payload_digest
from pairs
inner join newest using (document_id)
inner join mart.addresses as addresses using (fetch_url)
inner join core.documents as documents on documents.payload_digest = pairs.payload_digest
left join asked on asked.file_url = pairs.file_url
left join copies on copies.file_url = pairs.file_url
