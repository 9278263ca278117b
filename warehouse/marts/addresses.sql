-- Where each document was asked for, under its public address. The address that was listed first
-- stays the public one, so that a document keeps its identity. An attachment has an address once it came.
with listed as (
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
)

select
    substr(sha256(url), 1, 16) as document_id,
    url,
    fetch_url,
    site,
    title,
    published
from (from listed union all from unlisted)
