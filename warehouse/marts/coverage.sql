-- Which office has told figures of which period, and what is missing or late. An office that reported two years of
-- a kind (the year, the half-year, the first quarter, the first three) is expected to go on: `missing` is what is
-- overdue in the last complete run of its site, 120 days after the period's end, `late` what came after that.
-- `planned`: only targets were told so far. The document shown has most of the figures.
with figures as (
    select
        metrics.office,
        metrics.district,
        metrics.period_start,
        metrics.period_end,
        metrics.document_id,
        metrics.title,
        metrics.url,
        metrics.published,
        count(*) as figures,
        count(*) filter (status = 'actual') as actual_figures,
        count(*) filter (status = 'plan') as plan_figures
    from mart.metrics as metrics
    where metrics.period_start is not null
    group by all
),

told as (
    select
        office,
        district,
        period_start,
        period_end,
        count(*) as documents,
        sum(figures)::bigint as figures,
        sum(actual_figures)::bigint as actual_figures,
        sum(plan_figures)::bigint as plan_figures,
        min(published) as first_published,
        min(published) filter (figures > plan_figures) as first_reported,
        first(document_id order by figures desc, document_id) as document_id,
        first(title order by figures desc, document_id) as title,
        first(url order by figures desc, document_id) as url
    from figures
    group by office, district, period_start, period_end
),

kinds (months, days) as (
    values (3, interval 3 months), (6, interval 6 months), (9, interval 9 months), (12, interval 12 months)
),

looked as (
    select documents.office, documents.district, max(runs.finished_at)::date as looked_on
    from mart.documents as documents
    inner join raw.runs as runs on runs.site = documents.site and runs.complete
    where documents.office is not null
    group by documents.office, documents.district
),

habits as (
    select told.office, told.district, kinds.months, min(year(told.period_start)) as first_year
    from told
    inner join kinds on told.period_end = (told.period_start + kinds.days - interval 1 day)::date
    where told.first_reported is not null and month(told.period_start) = 1 and day(told.period_start) = 1
    group by told.office, told.district, kinds.months
    having count(*) > 1
),

awaited as (
    select
        habits.office,
        habits.district,
        make_date(years.year, 1, 1) as period_start,
        (make_date(years.year, 1, 1) + to_months(habits.months) - interval 1 day)::date as period_end
    from habits
    inner join looked
        on looked.office = habits.office and looked.district is not distinct from habits.district
    cross join lateral (select unnest(range(habits.first_year, year(looked.looked_on) + 1)) as year) as years
    where (make_date(years.year, 1, 1) + to_months(habits.months))::date + 120 < looked.looked_on
)

select
    coalesce(told.office, awaited.office) as office,
    coalesce(told.district, awaited.district) as district,
    coalesce(told.period_start, awaited.period_start) as period_start,
    coalesce(told.period_end, awaited.period_end) as period_end,
    case
        when told.first_reported > told.period_end + 120 then 'late'
        when told.figures > told.plan_figures then 'published'
        when awaited.office is not null then 'missing'
        else 'planned'
    end as state,
    coalesce(told.documents, 0) as documents,
    coalesce(told.figures, 0) as figures,
    coalesce(told.actual_figures, 0) as actual_figures,
    coalesce(told.plan_figures, 0) as plan_figures,
    told.first_published,
    date_diff('day', told.period_end, told.first_reported) as days_after_period,
    told.document_id,
    told.title,
    told.url
from told
full join awaited
    on
        awaited.office = told.office
        and awaited.district is not distinct from told.district
        and awaited.period_start = told.period_start
        and awaited.period_end = told.period_end
