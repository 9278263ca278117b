-- Actual levels of known indicators outside the range that seeds/indicators.toml calls plausible.
select
    'warning' as level,
    document_id as subject,
    indicator || ' is ' || written || ' at ' || span_start || ', plausible is '
    || coalesce(minimum::varchar, '…') || ' to ' || coalesce(maximum::varchar, '…') as message
from mart.metrics
inner join indicator_ranges using (indicator_id)
where
    measure = 'level'
    and status = 'actual'
    and (coalesce(value_base, value) < minimum or coalesce(value_base, value) > maximum)
