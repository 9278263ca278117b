-- Plan against outcome: a target, and the figure that was told for its period afterwards. Of several targets for
-- the same the one published first stands, since later ones are corrections of it. A target of 以内 (lt), or of an
-- indicator of which less is better, is met from below, any other from above. Without an outcome `met` is null.
with told as (
    select
        document_id,
        span_start,
        office,
        coalesce(indicator_id, indicator) as what,
        subject,
        measure,
        scope,
        period_start,
        period_end,
        coalesce(unit_base, unit, '') as base,
        status,
        published,
        captured_at
    from mart.figures
    where indicator is not null and office is not null and period_start is not null and measure <> 'rank'
),

targets as (
    select * from told
    where status = 'plan'
    qualify row_number() over (
        partition by office, what, subject, measure, scope, period_start, period_end, base
        order by published nulls last, captured_at, document_id, span_start
    ) = 1
),

results as (
    select * from told
    where status <> 'plan'
    qualify row_number() over (
        partition by office, what, subject, measure, scope, period_start, period_end, base
        order by status, published desc nulls last, captured_at desc, document_id, span_start
    ) = 1
),

pairs as (
    select
        targets.document_id,
        targets.span_start,
        results.document_id as outcome_document_id,
        results.span_start as outcome_span_start
    from targets
    left join results
        on
            results.office = targets.office
            and results.what = targets.what
            and results.subject is not distinct from targets.subject
            and results.measure = targets.measure
            and results.scope is not distinct from targets.scope
            and results.period_start = targets.period_start
            and results.period_end is not distinct from targets.period_end
            and results.base = targets.base
)

select
    plans.office,
    plans.district,
    plans.indicator,
    plans.indicator_id,
    plans.subject,
    plans.measure,
    plans.scope,
    plans.period_start,
    plans.period_end,
    case
        when outcomes.office is null then null
        when plans.qualifier = 'lt' or indicators.better = 'down' and plans.measure = 'level'
            then coalesce(outcomes.value_base, outcomes.value)
                <= coalesce(plans.value_base, plans.value)
                * coalesce(plans.value_max::double / nullif(plans.value, 0)::double, 1)
        else coalesce(outcomes.value_base, outcomes.value) >= coalesce(plans.value_base, plans.value)
    end as met,
    plans.value,
    plans.value_max,
    plans.unit,
    plans.value_base,
    plans.unit_base,
    plans.qualifier,
    plans.written,
    plans.sentence,
    plans.document_id,
    plans.title,
    plans.url,
    plans.published,
    plans.captured_at,
    plans.span_start,
    plans.span_end,
    plans.payload_digest,
    outcomes.status as outcome_status,
    outcomes.value as outcome_value,
    outcomes.unit as outcome_unit,
    outcomes.value_base as outcome_value_base,
    outcomes.written as outcome_written,
    outcomes.sentence as outcome_sentence,
    outcomes.document_id as outcome_document_id,
    outcomes.title as outcome_title,
    outcomes.url as outcome_url,
    outcomes.published as outcome_published,
    outcomes.captured_at as outcome_captured_at,
    outcomes.span_start as outcome_span_start,
    outcomes.span_end as outcome_span_end,
    outcomes.payload_digest as outcome_payload_digest
from pairs
inner join mart.figures as plans using (document_id, span_start)
left join mart.figures as outcomes
    on outcomes.document_id = pairs.outcome_document_id and outcomes.span_start = pairs.outcome_span_start
left join core.indicators as indicators on indicators.indicator_id = plans.indicator_id
