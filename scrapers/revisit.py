"""The revisit plan: which of the documents held are asked for again in a run, and which in a later one.

A run asks for a share of them, the most overdue first. How long a document may rest follows from how long it
has stood and how often it changed: what has been still for years is likely to stay so. (Estimating a page's
rate of change by its history, and spending a fixed budget by it, is the policy of Cho and Garcia-Molina,
"Effective Page Refresh Policies for Web Crawlers", 2003.)
"""

import math
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from scrapers.capture import History, Known, Outcome

SHARE = 0.02
LEAST = 200  # documents; a smaller site is asked for all of its documents
_REST_SHARE = 0.1  # of the time that a document has stood
_REST_MIN, _REST_MAX = timedelta(days=1), timedelta(days=180)
_GOOD: frozenset[Outcome] = frozenset({"ok", "unchanged"})
_REFUSALS: frozenset[Outcome] = frozenset({"not_found", "gone"})
_REFUSALS_SURE = 2  # in a row; until then a 404 may be a slip


def due(
    known: Mapping[str, Known],
    histories: Mapping[str, History],
    doubtful: Collection[str],
    now: datetime,
) -> frozenset[str]:
    """Return the addresses of documents held that this run should ask for again.

    Those in doubt come first: `doubtful` ones, and those whose last answer was bad. What is left of the
    budget, 2 % of the documents and never less than 200, goes to the most overdue.
    """
    budget = max(LEAST, math.ceil(SHARE * len(known)))
    in_doubt = [url for url in known if url in doubtful or is_unsettled(histories.get(url))]
    in_doubt.sort(key=lambda url: _asked_at(known[url], histories.get(url)))
    chosen = in_doubt[:budget]
    urgency = {url: overdue(known[url], histories.get(url), now) for url in known.keys() - set(chosen)}
    others = sorted(urgency, key=lambda url: (-urgency[url], url))
    return frozenset((*chosen, *others[: budget - len(chosen)]))


def is_unsettled(history: History | None) -> bool:
    """Tell whether the last answer leaves open what became of a document: a failure, or a first refusal."""
    if history is None or history.outcome in _GOOD:
        return False
    return history.outcome not in _REFUSALS or history.refusals < _REFUSALS_SURE


def rest(history: History | None, now: datetime) -> timedelta:
    """Return how long a document may rest: a tenth of its age, shared among the changes seen in it."""
    if history is None:
        return _REST_MIN
    share = (now - history.since) * _REST_SHARE / (1 + history.changes)
    return min(max(share, _REST_MIN), _REST_MAX)


def overdue(known: Known, history: History | None, now: datetime) -> float:
    """Return how often a document's rest has passed since it was asked for last; 1 is due today."""
    return (now - _asked_at(known, history)) / rest(history, now)


def _asked_at(known: Known, history: History | None) -> datetime:
    return history.asked_at if history else known.fetched_at
