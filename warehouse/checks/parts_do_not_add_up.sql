-- Totals that the parts of the same document do not come to, by more than rounding.
with parts (total, part) as (
    values
    ('gdp', 'primary_value_added'),
    ('gdp', 'secondary_value_added'),
    ('gdp', 'tertiary_value_added'),
    ('foreign_trade', 'exports'),
    ('foreign_trade', 'imports')
),

told as (
    from mart.latest_metric
    where
        indicator_id in (select total from parts union all select part from parts)
        and measure = 'level'
        and qualifier = 'exact'
        and period_start is not null
)

select
    'warning' as level,
    told.document_id as subject,
    any_value(told.indicator) || ' is ' || any_value(told.written) || ' at ' || told.span_start
    || ', but its parts are ' || string_agg(pieces.indicator || ' ' || pieces.written, ', ' order by pieces.span_start)
    || '; one of them may be read or printed wrong' as message
from told
inner join parts on parts.total = told.indicator_id
inner join told as pieces
    on
        pieces.document_id = told.document_id
        and pieces.indicator_id = parts.part
        and pieces.subject is not distinct from told.subject
        and pieces.status = told.status
        and pieces.period_start = told.period_start
        and pieces.period_end is not distinct from told.period_end
        and pieces.scope is not distinct from told.scope
        and pieces.unit_base = told.unit_base
group by told.document_id, told.indicator_id, told.span_start
having
    count(*) = (select count(*) from parts where parts.total = told.indicator_id)
    and abs(sum(pieces.value_base) - any_value(told.value_base)) > sum(pieces.rounding) + any_value(told.rounding)
