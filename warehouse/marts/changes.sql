-- What figure became what figure between a version of a document and the next. Figures that both versions
-- have, in value, unit and qualifier, are set aside; what is left of one indicator, subject, measure, period,
-- status, scope and base unit is paired in reading order. A figure without a partner was added or removed.
with versions as (
    from mart.versions
),

sides as (
    select document_id, version, 'new' as side, payload_digest, captured_at from versions where version > 1
    union all
    select document_id, version + 1, 'old', payload_digest, captured_at from versions
    semi join (select document_id, version - 1 as version from versions) as followed using (document_id, version)
),

figures as (
    select
        sides.document_id,
        sides.version,
        sides.side,
        sides.captured_at,
        metrics.*,
        to_json([
            coalesce(indicator_id, indicator),
            subject,
            measure,
            period_start::varchar,
            period_end::varchar,
            status,
            scope,
            coalesce(unit_base, unit)
        ])::varchar as thing_key,
        to_json([thing_key, value::varchar, value_max::varchar, unit, qualifier])::varchar as figure_key
    from sides
    inner join core.metrics as metrics using (payload_digest)
),

counted as (
    select
        *,
        row_number() over (partition by document_id, version, side, figure_key order by span_start) as copy
    from figures
),

left_over as (
    select * from counted
    qualify count(*) over (partition by document_id, version, figure_key, copy) = 1
),

placed as (
    select
        *,
        row_number() over (partition by document_id, version, side, thing_key order by span_start) as place
    from left_over
),

paired as (
    select
        document_id,
        version,
        before,
        after
    from (select document_id, version, thing_key, place, placed as before from placed where side = 'old')
    full join (select document_id, version, thing_key, place, placed as after from placed where side = 'new')
        using (document_id, version, thing_key, place)
)

select
    paired.document_id,
    paired.version,
    versions.title,
    versions.office,
    versions.url,
    case when before is null then 'added' when after is null then 'removed' else 'changed' end as change,
    coalesce(after.indicator, before.indicator) as indicator,
    coalesce(after.indicator_id, before.indicator_id) as indicator_id,
    coalesce(after.subject, before.subject) as subject,
    coalesce(after.measure, before.measure) as measure,
    coalesce(after.status, before.status) as status,
    coalesce(after.period_start, before.period_start) as period_start,
    coalesce(after.period_end, before.period_end) as period_end,
    coalesce(after.scope, before.scope) as scope,
    before.value as old_value,
    before.unit as old_unit,
    before.written as old_written,
    before.sentence as old_sentence,
    after.value as new_value,
    after.unit as new_unit,
    after.written as new_written,
    after.sentence as new_sentence,
    before.span_start as old_span_start,
    before.span_end as old_span_end,
    earlier.payload_digest as old_payload_digest,
    earlier.captured_at as old_captured_at,
    after.span_start as new_span_start,
    after.span_end as new_span_end,
    versions.payload_digest as new_payload_digest,
    versions.captured_at
from paired
inner join versions using (document_id, version)
inner join versions as earlier
    on earlier.document_id = paired.document_id and earlier.version = paired.version - 1
