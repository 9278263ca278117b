-- Came back: an address that gave the document, then refused it, and gives it again. A row each time.
with turns as (
    select
        *,
        lag(answered_from) over in_turn as gone_at,
        lag(status) over in_turn as gone_status
    from mart.answers
    window in_turn as (partition by document_id, fetch_url order by streak)
)

select
    document_id,
    documents.title,
    documents.office,
    turns.url,
    documents.site,
    turns.gone_at,
    turns.gone_status,
    turns.answered_from as returned_at,
    turns.payload_digest,
    turns.warc,
    turns.warc_offset
from turns
inner join mart.documents as documents using (document_id)
where turns.answer = 'good' and turns.streak > 2
