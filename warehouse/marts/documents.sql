-- One row a document, whether it was only seen in a listing, fetched, held as text, or is gone.
with sightings as (
    select addresses.document_id, runs.started_at as seen_at
    from raw.entries as entries
    inner join mart.addresses as addresses using (fetch_url)
    inner join raw.runs as runs using (run_id)
    union all
    select document_id, captured_at from mart.captures where answer = 'good'
),

seen as (
    select document_id, min(seen_at) as first_seen_at, max(seen_at) as last_seen_at
    from sightings
    group by document_id
),

named as (
    select
        document_id,
        first(url) as url,
        last(site order by fetch_url) as site,
        last(title order by fetch_url) as title,
        last(published order by fetch_url) as published
    from mart.addresses
    group by document_id
),

newest as (
    select *, count(*) over (partition by document_id) as versions
    from mart.versions
    qualify row_number() over (partition by document_id order by version desc) = 1
),

fetched as (
    select distinct document_id from mart.captures where answer = 'good'
)

select
    document_id,
    coalesce(newest.title, named.title) as title,
    newest.office,
    newest.district,
    newest.district_code,
    named.site,
    named.url,
    coalesce(newest.published, named.published) as published,
    documents.document_number,
    documents.index_number,
    coalesce(newest.versions, 0) as versions,
    seen.first_seen_at,
    seen.last_seen_at,
    case
        when gone.document_id is not null then 'gone'
        when newest.document_id is not null then 'held'
        when fetched.document_id is not null then 'fetched'
        else 'seen'
    end as state,
    documents.kind,
    newest.payload_digest,
    newest.captured_at
from named
left join seen using (document_id)
left join newest using (document_id)
left join fetched using (document_id)
left join mart.gone as gone using (document_id)
left join core.documents as documents on documents.payload_digest = newest.payload_digest
