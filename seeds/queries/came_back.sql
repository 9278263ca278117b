-- 哪些文档撤下后又恢复
-- What came back after it was gone
select returned_at, gone_at, office, title, url, document_id, gone_status, warc, warc_offset, payload_digest
from mart.returned
order by returned_at desc, url
