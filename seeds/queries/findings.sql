-- 数据检查发现了什么
-- What the data checks name
-- $check = % -- 检查名称，可用 % | name of a check, % stands for anything
select check_name, level, count(*) over (partition by check_name) as findings, subject, message
from mart.findings
where check_name like $check
order by level, check_name, subject, message
limit 500
