-- Columns of which many documents went missing in one run: none of them counts as gone.
select
    'warning' as level,
    run_id as subject,
    site || ': ' || missing_together || ' of ' || column_documents || ' documents of '
    || coalesce("column", '?') || ' are listed no longer; open the listing and see if it was moved' as message
from mart.missing
where at_once
group by all
