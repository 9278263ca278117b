-- Documents that publish one report: the same payload under two addresses, the same text, or nearly the same
-- text with the same numbers. Nothing is merged. A copy stands beside the document of its kind that was
-- published first, a near copy beside each that it is near to; `document_id` is always the earlier.
--
-- Near are texts of which nine tenths of the shingles agree, as their sketches tell, and which do not differ
-- in what a template is filled with: a correction takes a number away and puts another in its place, and of
-- such replaced numbers and names there may be one in ten; lines more or less are free. Where the figures of
-- both tell a period, it is the same.
with held as (
    select
        documents.* exclude (document_number, index_number, versions, last_seen_at, kind),
        read.text_digest,
        read.sketch.minima as minima,
        read.sketch.numbers as numbers,
        read.sketch.names as names,
        row_number() over (order by published nulls last, first_seen_at, document_id) as place
    from mart.documents as documents
    inner join core.documents as read using (payload_digest)
),

-- the document itself among those with its payload, and among those with its text
firsts as (
    select
        place,
        min(place) over (partition by payload_digest) as of_payload,
        case when minima is not null then min(place) over (partition by text_digest) else place end as of_text
    from held
),

exact as (
    select of_payload as one, place as other, 'payload' as kind from firsts where of_payload < place
    union all
    select of_text, place, 'text' from firsts where of_text < place and of_payload = place
),

-- candidates by bands (locality-sensitive hashing): 16 bands of 8 minima, of which one must agree
bands as (
    select
        place,
        numbers,
        names,
        unnest(range(16)) as band,
        hash(minima[band * 8 + 1 : band * 8 + 8]) as minima
    from held
    semi join firsts on firsts.of_text = held.place
    where minima is not null
),

-- templates crowd a band, so each text meets its neighbours only: by the least hashes of its numbers and names
neighbours as (
    select
        place,
        band,
        minima,
        row_number() over crowd as seat
    from bands
    window crowd as (partition by band, minima order by numbers, names, place)
    qualify count(*) over (partition by band, minima) > 1
),

candidates as (
    select distinct least(one.place, other.place) as one, greatest(one.place, other.place) as other
    from neighbours as one
    inner join neighbours as other
        on other.band = one.band and other.minima = one.minima and other.seat between one.seat + 1 and one.seat + 16
),

compared as (
    select
        candidates.one,
        candidates.other,
        first.payload_digest as one_payload,
        second.payload_digest as other_payload,
        len(list_filter(list_zip(first.minima, second.minima), pair -> pair[1] = pair[2])) as agreeing,
        least(len(first.numbers), len(second.numbers)) as number_count,
        number_count - len(list_intersect(first.numbers, second.numbers)) as numbers_replaced,
        least(len(first.names), len(second.names)) as name_count,
        name_count - len(list_intersect(first.names, second.names)) as names_replaced
    from candidates
    inner join held as first on first.place = candidates.one
    inner join held as second on second.place = candidates.other
),

alike as (
    from compared
    where agreeing >= 115 and numbers_replaced * 10 <= number_count and names_replaced * 10 <= name_count
),

periods as (
    select payload_digest, period_start, period_end
    from core.metrics
    where
        period_start is not null
        and payload_digest in (select one_payload from alike union all select other_payload from alike)
    group by payload_digest, period_start, period_end
    qualify row_number() over (
        partition by payload_digest
        order by count(*) filter (status = 'actual') desc, count(*) desc, period_start, period_end
    ) = 1
),

linked as (
    select one, other, kind, 1::decimal(4, 3) as similarity
    from exact
    union all
    select alike.one, alike.other, 'near', (alike.agreeing / 128)::decimal(4, 3)
    from alike
    left join periods as first on first.payload_digest = alike.one_payload
    left join periods as second on second.payload_digest = alike.other_payload
    where
        coalesce(
            first.period_start = second.period_start and first.period_end is not distinct from second.period_end,
            true
        )
)

select
    one.document_id,
    other.document_id as other_document_id,
    linked.kind,
    linked.similarity,
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
