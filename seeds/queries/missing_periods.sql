-- 哪个机构缺了哪期报告，哪期迟了
-- Which reports are missing or came late
select office, district, period_start, period_end, state, first_published, days_after_period, title, url, document_id
from mart.coverage
where state in ('missing', 'late')
order by state desc, period_end desc, office
limit 500
