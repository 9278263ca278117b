-- Where each document was asked for, under its public address. The address that was listed first makes its
-- identity; where it was moved (its address leads to another listed one that gives the same text) the last
-- one is its address. An attachment has an address once it came.
with recursive listed as (
    select
        fetch_url,
        first(url order by run_id, line) as url,
        last(site order by run_id, line) as site,
        last(title order by run_id, line) as title,
        last(published_on order by run_id, line) filter (published_on is not null) as published
    from raw.entries
    group by fetch_url
),

unlisted as (
    select
        url as fetch_url,
        url,
        last(site order by run_id, line) as site,
        null as title,
        null::date as published
    from raw.captures
    where
        (purpose = 'document' or purpose = 'attachment' and outcome in ('ok', 'unchanged'))
        and url not in (select fetch_url from listed)
    group by url
),

places as (
    from listed
    union all
    from unlisted
),

led_on as (
    select captures.url as fetch_url, captures.final_url, captures.fetched_at, documents.text_digest
    from raw.captures as captures
    inner join core.documents as documents using (payload_digest)
    where
        captures.purpose = 'document'
        and captures.outcome in ('ok', 'unchanged')
        and captures.final_url <> captures.url
        and documents.kind = 'article'
),

moves as (
    select distinct old.url as old_url, listed.url as new_url
    from led_on
    inner join places as old on old.fetch_url = led_on.fetch_url
    inner join listed on led_on.final_url in (listed.fetch_url, listed.url)
    inner join raw.captures as earlier on earlier.url = led_on.fetch_url and earlier.fetched_at < led_on.fetched_at
    inner join core.documents as documents on documents.payload_digest = earlier.payload_digest
    where documents.text_digest = led_on.text_digest and old.url <> listed.url
),

chains (url, root, steps) as (
    select distinct old_url, old_url, 0 from moves where old_url not in (select new_url from moves)
    union all
    select moves.new_url, chains.root, chains.steps + 1
    from chains
    inner join moves on moves.old_url = chains.url
    where chains.steps < 20
),

roots as (
    select url, min(root) as root from chains group by url
),

newest as (
    select roots.root, arg_max(chains.url, chains.steps) as url
    from chains
    inner join roots on roots.root = chains.root
    group by roots.root
)

select
    substr(sha256(coalesce(roots.root, places.url)), 1, 16) as document_id,
    coalesce(newest.url, places.url) as url,
    places.fetch_url,
    places.site,
    places.title,
    places.published
from places
left join roots on roots.url = places.url
left join newest on newest.root = roots.root
