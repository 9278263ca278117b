-- Office by period: the level of an indicator beside its growth. Both are those that mart.latest_metric chose,
-- plans left out; growth is the change in percent, and stands beside one level only: where a thing was told in two
-- currencies, beside the one that it was told with. `growth_by_levels` is what the level and that of the same
-- period a year earlier come to; it leaves out prices and changes of what is counted, so a few points between
-- the two are usual, and 超 and 以内 come to nothing. Where no level was told, sentence and place are those of the
-- growth.
with told as (
    select
        document_id,
        url,
        captured_at,
        span_start,
        span_end,
        payload_digest,
        office_key,
        coalesce(indicator_id, indicator) as what,
        subject,
        period_start,
        period_end,
        measure,
        value,
        value_base,
        unit_base,
        qualifier,
        status,
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
        levels.qualifier,
        row_number() over (
            partition by growths.document_id, growths.span_start
            order by
                levels.document_id is distinct from growths.document_id,
                abs(levels.span_start - growths.span_start),
                levels.document_id,
                levels.span_start
        ) = 1 as is_nearest,
        if(is_nearest, growths, null) as growth
    from levels
    full join growths
        on
            growths.office_key = levels.office_key
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
    paired.growth.value as growth,
    if(
        paired.qualifier not in ('gt', 'lt') and before.qualifier not in ('gt', 'lt'),
        try_cast(
            100 * (paired.value_base::double / nullif(before.value_base, 0)::double - 1) as decimal(18, 2)
        ),
        null
    ) as growth_by_levels,
    told.qualifier,
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
    paired.growth.qualifier as growth_qualifier,
    paired.growth.status as growth_status,
    paired.growth.written as growth_written,
    paired.growth.document_id as growth_document_id,
    paired.growth.url as growth_url,
    paired.growth.captured_at as growth_captured_at,
    paired.growth.span_start as growth_span_start,
    paired.growth.span_end as growth_span_end,
    paired.growth.payload_digest as growth_payload_digest,
    before.value_base as before_value_base,
    before.written as before_written,
    before.document_id as before_document_id,
    before.url as before_url,
    before.captured_at as before_captured_at,
    before.span_start as before_span_start,
    before.span_end as before_span_end,
    before.payload_digest as before_payload_digest,
    told.office_key
from paired
inner join mart.latest_metric as told using (document_id, span_start)
left join levels as before
    on
        before.office_key = told.office_key
        and before.what = paired.what
        and before.subject is not distinct from told.subject
        and before.unit_base = paired.unit_base
        and before.period_start = (told.period_start - interval 1 year)::date
        and before.period_end = (told.period_end + interval 1 day - interval 1 year - interval 1 day)::date
