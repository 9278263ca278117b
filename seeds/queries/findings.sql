-- 数据检查发现了什么
-- What the data checks name
select check_name, level, count(*) over (partition by check_name) as findings, subject, message
from mart.findings
order by level, check_name, subject, message
limit 500
