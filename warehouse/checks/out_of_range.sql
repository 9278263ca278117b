-- Levels, targets left out, outside the range that seeds/indicators.toml calls plausible for the indicator of that
-- name. They go by name: the extractor gives no indicator_id to a figure that its range does not fit.
with ranges as (
    select unnest(spellings) as indicator, unit_base, minimum, maximum
    from core.indicators
    where minimum is not null or maximum is not null
)

select
    'warning' as level,
    document_id as subject,
    indicator || ' is ' || written || ' at ' || span_start || ', plausible is '
    || coalesce(rtrim(rtrim(minimum::varchar, '0'), '.'), '…') || ' to '
    || coalesce(rtrim(rtrim(maximum::varchar, '0'), '.'), '…') || unit_base
    || '; read it on the page, and if it stands there widen the range: ' || coalesce(sentence, '') as message
from mart.metrics
inner join ranges using (indicator, unit_base)
where
    measure = 'level'
    and status <> 'plan'
    and (value_base < minimum or value_base > maximum)
