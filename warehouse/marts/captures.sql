-- Every answer to a request for a document.
select
    addresses.document_id,
    addresses.url,
    captures.url as fetch_url,
    captures.site,
    captures.run_id,
    captures.line,
    captures.fetched_at as captured_at,
    captures.outcome,
    captures.status,
    captures.content_type,
    captures.payload_digest,
    captures.length,
    captures.warc,
    captures."offset" as warc_offset,
    captures.revisit
from raw.captures as captures
inner join mart.addresses as addresses on addresses.fetch_url = captures.url
where captures.purpose = 'document'
