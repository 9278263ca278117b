-- Which office has told figures of which period, and what is missing or late. A document is the report of the period
-- that most of its figures tell, targets left out, if no more than a quarter of it was still to come: a budget of a
-- year is no report of it. What else a document tells is told in passing (`mentioned`). An office that reported one
-- indicator for two years of a kind (the year, the half-year, the first quarter, the first three) is expected to go
-- on: `missing` is what is overdue in the last complete run that read a listing of its site, 120 days after the
-- period's end, `late` a report after that. `planned`: only targets were told so far. The document shown is the
-- report, else the one with most of the figures.
with figures as (
    select
        metrics.office_key,
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
    from mart.figures as metrics
    where metrics.period_start is not null
    group by all
),

reports as (
    select
        *,
        figures > plan_figures
        and coalesce(published >= period_end - (period_end - period_start + 1)::int // 4, true)
        and row_number() over (
            partition by document_id order by figures - plan_figures desc, period_end desc, period_start
        ) = 1 as is_report
    from figures
),

told as (
    select
        office_key,
        first(office order by is_report desc, figures desc, document_id) as office,
        district,
        period_start,
        period_end,
        count(*) as documents,
        sum(figures)::bigint as figures,
        sum(actual_figures)::bigint as actual_figures,
        sum(plan_figures)::bigint as plan_figures,
        min(published) as first_published,
        bool_or(is_report) as is_reported,
        min(published) filter (is_report) as first_reported,
        first(document_id order by is_report desc, figures desc, document_id) as document_id,
        first(title order by is_report desc, figures desc, document_id) as title,
        first(url order by is_report desc, figures desc, document_id) as url
    from reports
    group by office_key, district, period_start, period_end
),

kinds (months, days) as (
    values (3, interval 3 months), (6, interval 6 months), (9, interval 9 months), (12, interval 12 months)
),

looked as (
    select held.office_key, max(runs.finished_at)::date as looked_on
    from (
        select distinct figures.office_key, documents.site
        from figures
        inner join mart.documents as documents using (document_id)
        where figures.office_key is not null
    ) as held
    inner join raw.runs as runs on runs.site = held.site and runs.complete and runs.entries > 0
    group by held.office_key
),

-- of each indicator, so that two texts that have nothing in common make no habit
repeated as (
    select
        metrics.office_key,
        last(metrics.office order by metrics.period_end, metrics.document_id) as office,
        metrics.district,
        kinds.months,
        min(year(metrics.period_start)) as first_year
    from mart.figures as metrics
    semi join (from reports where is_report) as reported using (document_id, period_start, period_end)
    inner join kinds on metrics.period_end = (metrics.period_start + kinds.days - interval 1 day)::date
    where
        metrics.indicator_id is not null
        and metrics.status <> 'plan'
        and month(metrics.period_start) = 1
        and day(metrics.period_start) = 1
    group by metrics.office_key, metrics.district, kinds.months, metrics.indicator_id
    having count(distinct metrics.period_start) > 1
),

habits as (
    select office_key, max(office) as office, district, months, min(first_year) as first_year
    from repeated
    group by office_key, district, months
),

awaited as (
    select
        habits.office_key,
        habits.office,
        habits.district,
        make_date(years.year, 1, 1) as period_start,
        (make_date(years.year, 1, 1) + to_months(habits.months) - interval 1 day)::date as period_end
    from habits
    inner join looked using (office_key)
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
        when told.is_reported then 'published'
        when awaited.office is not null then 'missing'
        when told.figures > told.plan_figures then 'mentioned'
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
        awaited.office_key = told.office_key
        and awaited.district is not distinct from told.district
        and awaited.period_start = told.period_start
        and awaited.period_end = told.period_end
