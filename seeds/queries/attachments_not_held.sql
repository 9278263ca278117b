-- 页面列出而尚未取得的附件
-- Files that pages name and that are not held
select site, title, name, type, state, outcome, asked_at, file_url, url, document_id
from mart.attachments
where state <> 'held'
order by state, asked_at nulls first, file_url, document_id
limit 500
