-- Actual levels outside the range that seeds/indicators.toml calls plausible for the indicator of that name.
select
    'warning' as level,
    document_id as subject,
    indicator || ' is ' || written || ' at ' || span_start || ', plausible is '
    || coalesce(rtrim(rtrim(minimum::varchar, '0'), '.'), '…') || ' to '
    || coalesce(rtrim(rtrim(maximum::varchar, '0'), '.'), '…') || unit_range
    || '; read it on the page, and if it stands there widen the range: ' || coalesce(sentence, '') as message
from mart.metrics
inner join indicator_ranges on indicator_ranges.name = metrics.indicator and unit_range = unit_base
where
    measure = 'level'
    and status = 'actual'
    and (value_base < minimum or value_base > maximum)
