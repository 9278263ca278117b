-- Levels of a canonical indicator eight times those of up to three years earlier or an eighth: 万 and 亿 may have been
-- mixed up.
with told as (
    select
        *,
        lag(value_base) over series as earlier_value_base,
        lag(written) over series as earlier_written,
        lag(document_id) over series as earlier_document_id,
        lag(period_start) over series as earlier_start
    from mart.indicator_panel
    where indicator_id is not null and subject is null and value_base > 0
    -- the same months of each year
    window series as (
        partition by office_key, indicator_id, unit_base, month(period_start), date_diff('month', period_start, period_end)
        order by period_start
    )
)

select
    'warning' as level,
    document_id as subject,
    indicator || ' of ' || office || ' is ' || written || ' at ' || span_start || ', the same period of '
    || year(earlier_start) || ' ' || earlier_written || ' (document ' || earlier_document_id
    || '); look at the units of both' as message
from told
where
    (value_base >= 8 * earlier_value_base or earlier_value_base >= 8 * value_base)
    and earlier_start >= period_start - interval 3 years
