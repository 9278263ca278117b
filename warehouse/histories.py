"""How the addresses of documents answered so far: what the revisit plan of a crawl goes by."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class AddressHistory:
    """How an address answered; times are UTC. The fields are those of `scrapers.capture.History`."""

    url: str
    since: datetime
    asked_at: datetime
    outcome: str
    refusals: int
    changes: int
    row: tuple[str | None, date | None] | None
    listed_since: bool


def histories(connection: DuckDBPyConnection, site: str) -> tuple[AddressHistory, ...]:
    """Return the history of each address of a site that ever gave a document.

    A document stands since its date of publication, else since it was first fetched. A change is a text that
    is not that of the good answer before it; where a payload was not read, the payload stands for its text.
    A page that says under 200 that there is nothing counts as `not_found`, one that is no document (a
    challenge, an empty shell) as `unsupported`.
    """
    rows = connection.execute(
        """
        with judged as (
            select run_id, line, any_value(answer) as answer
            from mart.captures
            where site = $site
            group by run_id, line
        ),

        answers as (
            select
                captures.url,
                captures.run_id,
                captures.line,
                captures.fetched_at,
                case
                    when captures.outcome not in ('ok', 'unchanged') then captures.outcome
                    when judged.answer = 'good' then captures.outcome
                    when judged.answer = 'refusal' then 'not_found'
                    else 'unsupported'
                end as outcome,
                judged.answer = 'good' and captures.payload_digest is not null as good,
                documents.published_on,
                case when good then coalesce(documents.text_digest, captures.payload_digest) end as text
            from raw.captures as captures
            inner join judged using (run_id, line)
            left join core.documents as documents using (payload_digest)
            where captures.site = $site and captures.purpose = 'document'
        ),

        good as (
            select
                *,
                text is distinct from lag(text) over (
                    partition by url order by fetched_at, run_id, line
                ) as differs
            from answers
            where good
        ),

        held as (
            select
                url,
                coalesce(max(published_on)::timestamp, min(fetched_at)) as since,
                count(*) filter (differs) - 1 as changes,
                max(fetched_at) as good_at
            from good
            group by url
        ),

        last_answers as (
            select
                answers.url,
                max(answers.fetched_at) as asked_at,
                last(answers.outcome order by answers.fetched_at, answers.run_id, answers.line) as outcome,
                last(answers.run_id order by answers.fetched_at, answers.run_id, answers.line) as asked_in,
                count(*) filter (
                    answers.outcome in ('not_found', 'gone') and answers.fetched_at > held.good_at
                ) as refusals
            from answers
            inner join held using (url)
            group by answers.url
        ),

        rows_listed as (
            select
                fetch_url as url,
                max(run_id) as listed_in,
                last({'title': title, 'published_on': published_on} order by run_id, line) as told
            from raw.entries
            where site = $site
            group by fetch_url
        )

        select
            held.url,
            least(held.since, last_answers.asked_at),
            last_answers.asked_at,
            last_answers.outcome,
            last_answers.refusals,
            held.changes,
            rows_listed.told,
            coalesce(rows_listed.listed_in >= last_answers.asked_in, false)
        from held
        inner join last_answers using (url)
        left join rows_listed using (url)
        order by held.url
        """,
        {"site": site},
    ).fetchall()
    return tuple(
        AddressHistory(
            url,
            since.replace(tzinfo=UTC),
            asked_at.replace(tzinfo=UTC),
            outcome,
            refusals,
            changes,
            (told["title"], told["published_on"]) if told else None,
            listed_since,
        )
        for url, since, asked_at, outcome, refusals, changes, told, listed_since in rows
    )
