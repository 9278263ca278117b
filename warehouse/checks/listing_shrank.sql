-- Complete runs that list less than half of what the complete run before listed.
with runs as (
    select
        *,
        lag(entries) over (partition by site order by run_id) as entries_before
    from raw.runs
    where complete
)

select
    'warning' as level,
    run_id as subject,
    site || ' lists ' || entries || ' documents, ' || entries_before || ' in the complete run before' as message
from runs
where entries * 2 < entries_before
