-- Documents that publish one report: the same payload at two addresses, the same text, or nearly the same text
-- with the same numbers (mart.near). Nothing is merged. `document_id` is always the one published first. Each
-- exact copy stands once, beside the first document with the payload or the text; that one stands beside all
-- that are near to it. A text too short for a sketch tells nothing.
with held as (
    select
        documents.*,
        read.text_digest,
        read.sketch is not null as tells,
        row_number() over (
            order by documents.published nulls last, documents.first_seen_at, documents.document_id
        ) as place
    from mart.documents as documents
    inner join core.documents as read using (payload_digest)
),

firsts as (
    select
        place,
        payload_digest,
        min(place) over (partition by payload_digest) as of_payload,
        if(tells, min(place) over (partition by text_digest, tells), place) as of_text,
        least(of_payload, of_text) as first_place
    from held
),

linked as (
    select of_payload as one, place as other, 'payload' as kind, 1 as similarity
    from firsts
    where of_payload < place
    union all
    select of_text, place, 'text', 1
    from firsts
    where of_text < place and of_payload = place
    union all
    select least(one.place, other.place), greatest(one.place, other.place), 'near', near.similarity
    from mart.near as near
    inner join firsts as one on one.payload_digest = near.payload_digest and one.place = one.first_place
    inner join firsts as other
        on other.payload_digest = near.other_payload_digest and other.place = other.first_place
)

select
    one.document_id,
    other.document_id as other_document_id,
    linked.kind,
    linked.similarity::decimal(4, 3) as similarity,
    one.title,
    other.title as other_title,
    one.office,
    other.office as other_office,
    one.site,
    other.site as other_site,
    one.url,
    other.url as other_url,
    one.published,
    other.published as other_published,
    one.first_seen_at,
    other.first_seen_at as other_first_seen_at,
    one.captured_at,
    other.captured_at as other_captured_at,
    one.payload_digest,
    other.payload_digest as other_payload_digest
from linked
inner join held as one on one.place = linked.one
inner join held as other on other.place = linked.other
