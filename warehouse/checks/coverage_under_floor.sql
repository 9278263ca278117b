-- Sites of which less is held as text than the newest site file expects of the documents that are still listed.
with floors as (
    select key as site, (expect ->> '$.body_coverage_min')::decimal(5, 4) as floor
    from raw.sites
    qualify row_number() over (partition by key order by run_id desc) = 1
),

last_runs as (
    select site, max(run_id) as run_id from raw.runs where complete group by site
),

listed as (
    select entries.site, count(distinct document_id) as listed,
        count(distinct document_id) filter (documents.state = 'held') as held
    from raw.entries as entries
    inner join last_runs using (site, run_id)
    inner join mart.addresses as addresses using (fetch_url)
    inner join mart.documents as documents using (document_id)
    group by entries.site
)

select
    'warning' as level,
    last_runs.run_id as subject,
    site || ': ' || held || ' of ' || listed || ' listed documents are held as text, the site file expects '
    || round(floor * 100)::int || '%' as message
from listed
inner join floors using (site)
inner join last_runs using (site)
where held < floor * listed
