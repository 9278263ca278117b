-- Office by period: the level of an indicator beside its growth. Both are those that mart.latest_metric chose,
-- plans left out; growth is the change in percent. `growth_by_levels` is what the level and that of the same
-- period a year earlier come to; it leaves out prices and changes of what is counted, so a few points between
-- the two are usual. Where no level was told, sentence and place are those of the growth.
with told as (
    select
        document_id,
        span_start,
        span_end,
        payload_digest,
        office,
        coalesce(indicator_id, indicator) as what,
        subject,
        period_start,
        period_end,
        measure,
        value,
        value_base,
        unit_base,
        written
    from mart.latest_metric
    where office is not null and period_start is not null and scope is null and status <> 'plan'
),

levels as (
    from told where measure = 'level'
),

growths as (
    from told where measure = 'change' and unit_base = '%'
),

paired as (
    select
        coalesce(levels.document_id, growths.document_id) as document_id,
        coalesce(levels.span_start, growths.span_start) as span_start,
        levels.what,
        levels.value_base,
        levels.unit_base,
        growths.value as growth,
        growths.written as growth_written,
        growths.document_id as growth_document_id,
        growths.span_start as growth_span_start,
        growths.span_end as growth_span_end,
        growths.payload_digest as growth_payload_digest
    from levels
    full join growths
        on
            growths.office = levels.office
            and growths.what = levels.what
            and growths.subject is not distinct from levels.subject
            and growths.period_start = levels.period_start
            and growths.period_end is not distinct from levels.period_end
)

select
    told.office,
    told.district,
    told.indicator,
    told.indicator_id,
    told.subject,
    told.period_start,
    told.period_end,
    if(told.measure = 'level', told.value, null) as value,
    if(told.measure = 'level', told.unit, null) as unit,
    paired.value_base,
    paired.unit_base,
    paired.growth,
    try_cast(
        100 * (paired.value_base::double / nullif(before.value_base, 0)::double - 1) as decimal(18, 2)
    ) as growth_by_levels,
    told.status,
    told.written,
    told.sentence,
    told.document_id,
    told.title,
    told.url,
    told.published,
    told.captured_at,
    told.span_start,
    told.span_end,
    told.payload_digest,
    paired.growth_written,
    paired.growth_document_id,
    paired.growth_span_start,
    paired.growth_span_end,
    paired.growth_payload_digest,
    before.value_base as before_value_base,
    before.written as before_written,
    before.document_id as before_document_id,
    before.span_start as before_span_start,
    before.span_end as before_span_end,
    before.payload_digest as before_payload_digest
from paired
inner join mart.latest_metric as told using (document_id, span_start)
left join levels as before
    on
        before.office = told.office
        and before.what = paired.what
        and before.subject is not distinct from told.subject
        and before.unit_base = paired.unit_base
        and before.period_start = (told.period_start - interval 1 year)::date
        and before.period_end = (told.period_end + interval 1 day - interval 1 year - interval 1 day)::date
