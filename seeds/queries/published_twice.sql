-- 同一报告发布在两处
-- One report in two places
select kind, similarity, title, other_title, office, other_office, published, other_published, url, other_url,
    document_id, other_document_id
from mart.duplicates
order by kind, similarity desc, document_id, other_document_id
limit 500
