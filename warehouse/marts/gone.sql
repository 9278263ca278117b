-- Taken down: missing from two complete runs of its site, and each of its addresses refuses: 404, 410, or a
-- page that says so. A block, a server error or a timeout says nothing. What went missing together with a
-- large part of its column is not taken down.
with newest_answers as (
    select * from mart.answers
    qualify row_number() over (partition by document_id, fetch_url order by streak desc) = 1
),

refusals as (
    select
        document_id,
        first(url) as url,
        max(answered_from) as gone_at,
        last(status order by answered_until, fetch_url) as status
    from newest_answers
    group by document_id
    having bool_and(answer = 'refusal')
),

copies as (
    select * from mart.versions
    qualify row_number() over (partition by document_id order by version desc) = 1
)

select
    document_id,
    coalesce(copies.title, missing.title) as title,
    copies.office,
    refusals.url,
    missing.site,
    coalesce(copies.published, missing.published) as published,
    missing.missing_since,
    missing.runs_missed,
    refusals.gone_at,
    refusals.status,
    copies.payload_digest,
    copies.last_captured_at as captured_at,
    copies.warc,
    copies.warc_offset
from mart.missing as missing
inner join refusals using (document_id)
left join copies using (document_id)
where missing.runs_missed >= 2 and not missing.at_once
