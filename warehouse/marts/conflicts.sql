-- Two documents that give one office's indicator two values for the same period. Only exact figures
-- of one subject, status, scope and unit are held against each other: 约 and 超 agree with many values, and so does
-- a rounded figure: 328亿元 is no other value than 328.14亿元. Names that tell too little are left out
-- (mart.unspecific).
-- The document that was published last stands first; beside it each other one, once for each other value. So
-- there are no more rows than figures, however many documents disagree.
with told as (
    select
        document_id,
        span_start,
        office_key,
        coalesce(indicator_id, indicator) as what,
        subject,
        measure,
        status,
        period_start,
        period_end,
        scope,
        coalesce(unit_base, unit, '') as base,
        coalesce(value_base, value) as amount,
        rounding,
        published,
        captured_at
    from mart.figures
    anti join mart.unspecific using (document_id, indicator)
    where
        qualifier = 'exact'
        and value_max is null
        and indicator is not null
        and office is not null
        and period_start is not null
),

once as (
    select
        *,
        row_number() over (
            partition by office_key, what, subject, measure, status, period_start, period_end, scope, base
            order by published desc nulls last, captured_at desc, document_id, span_start
        ) as place
    from told
    qualify row_number() over (
        partition by
            document_id, office_key, what, subject, measure, status, period_start, period_end, scope, base, amount
        order by span_start
    ) = 1
),

pairs as (
    select
        first.document_id,
        first.span_start,
        second.document_id as other_document_id,
        second.span_start as other_span_start
    from once as first
    inner join once as second
        on
            second.office_key = first.office_key
            and second.what = first.what
            and second.subject is not distinct from first.subject
            and second.measure = first.measure
            and second.status = first.status
            and second.period_start = first.period_start
            and second.period_end is not distinct from first.period_end
            and second.scope is not distinct from first.scope
            and second.base = first.base
            and abs(second.amount - first.amount) > greatest(first.rounding, second.rounding)
            and second.document_id <> first.document_id
    where first.place = 1
)

select
    one.office,
    one.district,
    one.indicator,
    one.indicator_id,
    one.subject,
    one.measure,
    one.status,
    one.period_start,
    one.period_end,
    one.scope,
    one.value,
    one.unit,
    one.written,
    one.sentence,
    one.document_id,
    one.title,
    one.url,
    one.published,
    one.captured_at,
    one.span_start,
    one.span_end,
    one.payload_digest,
    other.value as other_value,
    other.unit as other_unit,
    other.written as other_written,
    other.sentence as other_sentence,
    other.document_id as other_document_id,
    other.title as other_title,
    other.url as other_url,
    other.published as other_published,
    other.captured_at as other_captured_at,
    other.span_start as other_span_start,
    other.span_end as other_span_end,
    other.payload_digest as other_payload_digest
from pairs
inner join mart.figures as one using (document_id, span_start)
inner join mart.figures as other
    on other.document_id = pairs.other_document_id and other.span_start = pairs.other_span_start
