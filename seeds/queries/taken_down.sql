-- 哪些文档已被撤下，最后一份副本在哪里
-- What was taken down, and where the last good copy lies
select gone_at, office, title, published, url, document_id, status, runs_missed, captured_at as last_copy_at, warc, warc_offset, payload_digest
from mart.gone
order by gone_at desc, url
