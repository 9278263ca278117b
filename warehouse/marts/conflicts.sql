-- Two documents that give one office's indicator two values for the same period. Only exact figures
-- of one subject, status, scope and unit are held against each other: 约 and 超 agree with many values.
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
from figures as one
inner join figures as other
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
        and other.document_id > one.document_id
