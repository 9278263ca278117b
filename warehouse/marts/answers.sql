-- What each address of a document answered, streak by streak: answers that say the same, one after the
-- other. An answer that says nothing ends no streak. `payload_digest` and place are of a streak's first answer.
with conclusive as (
    select
        *,
        answer is distinct from lag(answer) over in_time as begins
    from mart.captures
    where answer is not null
    window in_time as (partition by document_id, fetch_url order by captured_at, run_id, line)
),

numbered as (
    select
        *,
        sum(begins::integer) over (
            partition by document_id, fetch_url order by captured_at, run_id, line
        ) as streak
    from conclusive
)

select
    document_id,
    first(url) as url,
    fetch_url,
    streak::integer as streak,
    answer,
    min(captured_at) as answered_from,
    max(captured_at) as answered_until,
    count(*) as captures,
    last(status order by captured_at, run_id, line) as status,
    first(payload_digest order by captured_at, run_id, line) as payload_digest,
    first(warc order by captured_at, run_id, line) as warc,
    first(warc_offset order by captured_at, run_id, line) as warc_offset
from numbered
group by document_id, fetch_url, streak, answer
