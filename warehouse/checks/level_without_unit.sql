-- Levels of 1000 and more without a unit: an index or a ratio has none, an amount has one.
select
    'warning' as level,
    document_id as subject,
    coalesce(indicator, '?') || ' is ' || written || ' at ' || span_start || ' without a unit' as message
from mart.metrics
where measure = 'level' and unit is null and abs(value) >= 1000
