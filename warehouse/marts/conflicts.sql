-- Two documents that give one office's indicator two values for the same period. Only exact figures
-- of one subject, status, scope and unit are held against each other: 约 and 超 agree with many values.
-- The document that was published last stands first; beside it each other one, once for each other value. So
-- there are no more rows than figures, however many documents disagree.
with figures as (
    select
        *,
        coalesce(indicator_id, indicator) as what,
        coalesce(value_base, value) as amount,
        coalesce(unit_base, unit, '') as base
    from mart.figures
    where
        qualifier = 'exact'
        and value_max is null
        and indicator is not null
        and office is not null
        and period_start is not null
),

told as (
    select
        *,
        row_number() over (
            partition by office, what, subject, measure, status, period_start, period_end, scope, base
            order by published desc nulls last, captured_at desc, document_id, span_start
        ) as place
    from figures
    qualify row_number() over (
        partition by
            document_id, office, what, subject, measure, status, period_start, period_end, scope, base, amount
        order by span_start
    ) = 1
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
from told as one
inner join told as other
    on
        other.office = one.office
        and other.what = one.what
        and other.subject is not distinct from one.subject
        and other.measure = one.measure
        and other.status = one.status
        and other.period_start = one.period_start
        and other.period_end is not distinct from one.period_end
        and other.scope is not distinct from one.scope
        and other.base = one.base
        and other.amount <> one.amount
        and other.document_id <> one.document_id
        and one.place = 1
