-- Every answer to a request for a document or an attachment, and what it says of the document: `good` holds it, `refusal`
-- is 404, 410 or a page that says so under 200 (soft 404). A block, a failure, a challenge, an empty shell
-- or answer, or a page that could not be read says nothing.
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
    case
        when captures.outcome in ('not_found', 'gone') then 'refusal'
        when captures.outcome not in ('ok', 'unchanged') then null
        when
            documents.kind = 'error'
            and len(
                list_filter(
                    documents.warnings,
                    told -> starts_with(told, 'page: empty answer')
                    or ends_with(told, 'that are parsed')
                    or ends_with(told, 'are unreadable')
                )
            ) > 0
            then null
        when documents.kind = 'error' then 'refusal'
        when documents.kind in ('challenge', 'shell') then null
        else 'good'
    end as answer,
    captures.content_type,
    captures.payload_digest,
    captures.length,
    captures.warc,
    captures."offset" as warc_offset,
    captures.revisit
from raw.captures as captures
inner join mart.addresses as addresses on addresses.fetch_url = captures.url
left join core.documents as documents on documents.payload_digest = captures.payload_digest
where captures.purpose in ('document', 'attachment')
