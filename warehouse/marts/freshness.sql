-- How each site stands after its last run. The age of the newest document is counted to that run, not to
-- today: the view has no clock, and last_run_at tells how long ago that was. Dates of publication are
-- Chinese dates, so the run's is taken at UTC+8.
with last_runs as (
    select
        *,
        max(finished_at) filter (complete) over (partition by site) as last_success_at
    from raw.runs
    where site is not null
    qualify row_number() over (partition by site order by run_id desc) = 1
),

names as (
    select key as site, last(name order by run_id, line) as name
    from raw.sites
    group by key
),

held as (
    select
        site,
        count(*) as documents,
        count(*) filter (state = 'held') as documents_held,
        count(*) filter (state = 'gone') as documents_gone,
        max(published) as newest_published
    from mart.documents
    group by site
)

select
    last_runs.site,
    names.name,
    last_runs.run_id,
    last_runs.started_at as last_run_at,
    last_runs.finished_at,
    last_runs.complete,
    last_runs.last_success_at,
    last_runs.expected,
    last_runs.entries,
    coalesce(held.documents, 0) as documents,
    coalesce(held.documents_held, 0) as documents_held,
    coalesce(held.documents_gone, 0) as documents_gone,
    held.newest_published,
    date_diff('day', held.newest_published, (last_runs.started_at + interval 8 hours)::date) as newest_age_days
from last_runs
left join names using (site)
left join held using (site)
