-- 最近发布的文档
-- The documents published last
select published, office, title, state, versions, first_seen_at, url, document_id
from mart.documents
order by published desc nulls last, document_id
limit 50
