-- Taken down: missing from two complete runs of its site, and 404 or 410 on its own address.
-- A block, a server error or a timeout says nothing, so only conclusive answers are looked at.
with listed as (
    select
        addresses.document_id,
        last(entries.site order by entries.run_id, entries.line) as site,
        last(entries.title order by entries.run_id, entries.line) as title,
        last(entries.published_on order by entries.run_id, entries.line) as published,
        max(entries.run_id) as last_run
    from raw.entries as entries
    inner join mart.addresses as addresses using (fetch_url)
    group by addresses.document_id
),

missed as (
    select
        listed.document_id,
        count(*) as runs_missed,
        min(runs.started_at) as missing_since
    from listed
    inner join raw.runs as runs
        on runs.site = listed.site and runs.complete and runs.run_id > listed.last_run
    group by listed.document_id
    having count(*) >= 2
),

answers as (
    select
        *,
        outcome in ('not_found', 'gone') as refused,
        max(captured_at) filter (outcome in ('ok', 'unchanged')) over (partition by document_id) as last_good_at
    from mart.captures
    where outcome in ('ok', 'unchanged', 'not_found', 'gone')
),

refusals as (
    select
        document_id,
        first(url) as url,
        last(status order by captured_at, run_id, line) as status,
        min(captured_at) filter (refused and (last_good_at is null or captured_at > last_good_at)) as gone_at
    from answers
    group by document_id
    having last(refused order by captured_at, run_id, line)
),

copies as (
    select * from mart.versions
    qualify row_number() over (partition by document_id order by version desc) = 1
)

select
    document_id,
    coalesce(copies.title, listed.title) as title,
    documents.office,
    refusals.url,
    listed.site,
    coalesce(copies.published, listed.published) as published,
    missed.missing_since,
    missed.runs_missed,
    refusals.gone_at,
    refusals.status,
    copies.payload_digest,
    copies.last_captured_at as captured_at,
    copies.warc,
    copies.warc_offset
from missed
inner join refusals using (document_id)
inner join listed using (document_id)
left join copies using (document_id)
left join core.documents as documents on documents.payload_digest = copies.payload_digest
