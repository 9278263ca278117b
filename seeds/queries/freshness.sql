-- 各站点是否还在更新
-- How each site stands
select site, name, last_run_at, complete, last_success_at, documents, documents_held, documents_gone, newest_published, newest_age_days
from mart.freshness
order by last_success_at nulls first, site
