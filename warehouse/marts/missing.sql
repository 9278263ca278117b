-- Documents that complete runs of their site no longer list. `at_once`: more than five and more than a
-- fifth of the column went missing in the same run, which is a fault of the listing until shown otherwise.
with listed as (
    select
        addresses.document_id,
        first(addresses.url) as url,
        last(entries.site order by entries.run_id, entries.line) as site,
        last(entries."column" order by entries.run_id, entries.line) as "column",
        last(entries.title order by entries.run_id, entries.line) as title,
        last(entries.published_on order by entries.run_id, entries.line) as published,
        min(entries.run_id) as first_run,
        max(entries.run_id) as last_run
    from raw.entries as entries
    inner join mart.addresses as addresses using (fetch_url)
    group by addresses.document_id
),

missed as (
    select
        listed.document_id,
        count(*) as runs_missed,
        min(runs.run_id) as run_id,
        min(runs.started_at) as missing_since
    from listed
    inner join raw.runs as runs
        on runs.site = listed.site and runs.complete and runs.run_id > listed.last_run
    group by listed.document_id
),

dated as (
    select listed.*, missed.* exclude (document_id)
    from listed
    left join missed using (document_id)
),

losses as (
    select site, "column", run_id, count(*) as missing_together
    from dated
    where run_id is not null
    group by site, "column", run_id
),

-- the column just before the run: listed by then, and not missing already
measured as (
    select losses.site, losses."column", losses.run_id, losses.missing_together, count(*) as column_documents
    from losses
    inner join dated
        on
            dated.site = losses.site
            and dated."column" is not distinct from losses."column"
            and dated.first_run < losses.run_id
            and (dated.run_id is null or dated.run_id >= losses.run_id)
    group by losses.site, losses."column", losses.run_id, losses.missing_together
)

select
    dated.document_id,
    dated.title,
    dated.url,
    dated.site,
    dated."column",
    dated.published,
    dated.run_id,
    dated.missing_since,
    dated.runs_missed,
    measured.missing_together,
    measured.column_documents,
    missing_together > 5 and missing_together * 5 > column_documents as at_once
from dated
inner join measured
    on
        measured.site = dated.site
        and measured."column" is not distinct from dated."column"
        and measured.run_id = dated.run_id
