-- Names of no canonical indicator to which one document gives several values for one period: 投资 of this project
-- and of that. Which of them another document means nobody can tell, so they are held against nothing.
select distinct document_id, indicator
from mart.figures
where indicator is not null and indicator_id is null and measure <> 'rank'
group by document_id, indicator, subject, measure, status, period_start, period_end, scope, coalesce(unit_base, unit)
having min(coalesce(value_base, value)) < max(coalesce(value_base, value))
