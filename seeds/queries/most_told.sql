-- 哪些指标公布得最多
-- Which indicators are told most often
select
    indicator_id, mode(indicator) as indicator, count(*) as figures, count(distinct office) as offices,
    min(year(period_end)) as since, max(year(period_end)) as until
from mart.metrics
where indicator_id is not null
group by indicator_id
order by figures desc, indicator_id
limit 100
