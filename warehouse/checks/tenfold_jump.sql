-- Levels of a canonical indicator eight times last year's or an eighth of it: 万 and 亿 may have been mixed up.
select
    'warning' as level,
    document_id as subject,
    indicator || ' of ' || office || ' is ' || written || ' at ' || span_start || ', the same period a year earlier '
    || before_written || ' (document ' || before_document_id || '); look at the units of both' as message
from mart.indicator_panel
where
    indicator_id is not null
    and subject is null
    and (value_base >= 8 * before_value_base or before_value_base >= 8 * value_base)
    and value_base > 0
    and before_value_base > 0
