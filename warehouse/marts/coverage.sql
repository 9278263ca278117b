-- Which office has published figures for which period. The document shown has most of them.
with figures as (
    select
        office,
        district,
        period_start,
        period_end,
        document_id,
        title,
        url,
        published,
        count(*) as figures,
        count(*) filter (status = 'actual') as actual_figures,
        count(*) filter (status = 'plan') as plan_figures
    from mart.metrics
    where period_start is not null
    group by all
)

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
    first(document_id order by figures desc, document_id) as document_id,
    first(title order by figures desc, document_id) as title,
    first(url order by figures desc, document_id) as url
from figures
group by office, district, period_start, period_end
