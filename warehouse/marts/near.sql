-- Pairs of payloads that hold nearly the same text, among the newest of each document and once for each text.
--
-- Near are texts of which four fifths of the shingles agree, as their sketches tell, and which do not differ in
-- what a template is filled with. Where each of both has a number that the other has not, one replaces the
-- other: of the numbers one in ten may be replaced, of the names one in five, and of those in the title none;
-- what only one of both has more is free. Where the figures of both tell a period, it is the same.
with held as materialized (
    select
        -- a pair of numbers costs a tenth of a pair of digests
        row_number() over (order by read.payload_digest) as place,
        read.payload_digest,
        read.sketch.minima as minima,
        read.sketch.numbers as numbers,
        read.sketch.names as names,
        read.sketch.titled as titled
    from mart.documents as documents
    inner join core.documents as read using (payload_digest)
    where read.sketch is not null
    qualify row_number() over (
        partition by read.text_digest
        order by documents.published nulls last, documents.first_seen_at, documents.document_id
    ) = 1
),

-- templates crowd a band, so each text meets its neighbours only: by the least hashes of its numbers and names
ordered as (
    select place, minima, row_number() over (order by numbers, names, place) as rank
    from held
),

-- locality-sensitive hashing: 21 bands of 6 minima, of which two must agree
bands as (
    select
        place,
        rank,
        unnest(range(21)) as band,
        hash(band, minima[band * 6 + 1 : band * 6 + 6]) as crowd
    from ordered
),

met as (
    select
        place,
        unnest(list(place) over (
            partition by crowd order by rank rows between 1 following and 16 following
        )) as other
    from bands
),

candidates as (
    select least(place, other) as one, greatest(place, other) as other
    from met
    group by all
    having count(*) > 1
),

compared as (
    select
        first.payload_digest as one,
        second.payload_digest as other,
        len(list_filter(list_zip(first.minima, second.minima), pair -> pair[1] = pair[2])) as agreeing,
        least(len(first.numbers), len(second.numbers)) as number_count,
        number_count - len(list_intersect(first.numbers, second.numbers)) as numbers_replaced,
        least(len(first.names), len(second.names)) as name_count,
        name_count - len(list_intersect(first.names, second.names)) as names_replaced,
        least(len(first.titled), len(second.titled)) as titled_count,
        titled_count - len(list_intersect(first.titled, second.titled)) as titled_replaced
    from candidates
    inner join held as first on first.place = candidates.one
    inner join held as second on second.place = candidates.other
),

alike as materialized (
    from compared
    where
        titled_replaced = 0
        and names_replaced * 5 <= name_count
        and numbers_replaced * 10 <= number_count
        and agreeing >= 103 -- of 128
),

periods as (
    select payload_digest, period_start, period_end
    from core.metrics
    where
        period_start is not null
        and payload_digest in (select one from alike union all select other from alike)
    group by payload_digest, period_start, period_end
    qualify row_number() over (
        partition by payload_digest
        order by count(*) filter (status = 'actual') desc, count(*) desc, period_start, period_end
    ) = 1
)

select
    alike.one as payload_digest,
    alike.other as other_payload_digest,
    (alike.agreeing / 128)::decimal(4, 3) as similarity
from alike
left join periods as first on first.payload_digest = alike.one
left join periods as second on second.payload_digest = alike.other
where
    first.payload_digest is null
    or second.payload_digest is null
    or first.period_start = second.period_start and first.period_end is not distinct from second.period_end
