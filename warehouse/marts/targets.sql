-- Plan against outcome: a target, and the figure that was told for its period afterwards. Of several targets for
-- the same the one published first stands, since later ones are corrections of it. Names that tell too little are
-- left out (mart.unspecific).
--
-- A ceiling (以内, lt) is met from below and any other target of an indicator of which less is better too; where
-- nothing says which way is better, a target that is a decline (-10%) is met by falling as much. All others are met
-- from above. A target of 左右 or 约 is met by an outcome that rounds to it, at the digits that it is written with.
-- `met` is null without an outcome, and where 超 or 以内 of the outcome leaves it open.
with told as (
    select
        document_id,
        span_start,
        office_key,
        indicator_id,
        coalesce(indicator_id, indicator) as what,
        subject,
        measure,
        scope,
        period_start,
        period_end,
        coalesce(unit_base, unit, '') as base,
        coalesce(value_base, value) as amount,
        value_max * coalesce(value_base::double / nullif(value, 0)::double, 1) as amount_max,
        rounding,
        qualifier,
        status,
        published,
        captured_at
    from mart.figures
    anti join mart.unspecific using (document_id, indicator)
    where indicator is not null and office is not null and period_start is not null and measure <> 'rank'
),

targets as (
    select * from told
    where status = 'plan'
    qualify row_number() over (
        partition by office_key, what, subject, measure, scope, period_start, period_end, base
        order by published nulls last, captured_at, document_id, span_start
    ) = 1
),

results as (
    select * from told
    where status <> 'plan'
    qualify row_number() over (
        partition by office_key, what, subject, measure, scope, period_start, period_end, base
        order by status, qualifier is distinct from 'exact', published desc nulls last, captured_at desc, document_id, span_start
    ) = 1
),

pairs as (
    select
        targets.*,
        results.document_id as outcome_document_id,
        results.span_start as outcome_span_start,
        results.amount as outcome,
        results.qualifier in ('gt', 'lt') as bounded,
        -- 超10% of a decline lies below it
        bounded and (results.qualifier = 'gt') = (outcome >= 0) as may_be_more
    from targets
    left join results
        on
            results.office_key = targets.office_key
            and results.what = targets.what
            and results.subject is not distinct from targets.subject
            and results.measure = targets.measure
            and results.scope is not distinct from targets.scope
            and results.period_start = targets.period_start
            and results.period_end is not distinct from targets.period_end
            and results.base = targets.base
),

judged as (
    select
        pairs.*,
        case
            when pairs.qualifier = 'lt' then amount >= 0
            when measure = 'progress' then false
            when indicators.better is not null then indicators.better = 'down'
            else amount < 0
        end as is_ceiling,
        if(pairs.qualifier = 'approx', rounding, 0) as slack,
        if(is_ceiling, outcome <= greatest(amount, amount_max) + slack, outcome >= amount - slack) as reached,
        if(bounded and (is_ceiling = reached) = may_be_more, null, reached) as met
    from pairs
    left join core.indicators as indicators using (indicator_id)
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
    judged.met,
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
from judged
inner join mart.figures as plans using (document_id, span_start)
left join mart.figures as outcomes
    on outcomes.document_id = judged.outcome_document_id and outcomes.span_start = judged.outcome_span_start
