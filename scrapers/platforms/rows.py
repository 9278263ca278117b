"""Rows into tidy lists: off-list addresses and unusable rows out, and told."""

from collections.abc import Iterable, Sequence

from scrapers.address import Hosts, joined
from scrapers.platforms.protocol import Listed, Note

_EXAMPLES = 5


def column_address(listed: Listed) -> str:
    """Return the canonical address of the column's list page; as written where it is no http address."""
    written = listed.column.url or ""
    return joined(listed.site.base_url, written) or written


def public_address(hosts: Hosts, base: str, reference: str) -> str | None:
    """Return the canonical address of a row's link with the site's own scheme, or None where it is none."""
    address = joined(base, reference)
    return hosts.own_scheme(address) if address is not None else None


def off_list_note(addresses: Sequence[str]) -> tuple[Note, ...]:
    """Return the note on rows that point to hosts outside the allow-list, if there are any."""
    if not addresses:
        return ()
    message = f"{len(addresses)} rows point to hosts outside `hosts` and were dropped"
    return (Note("row_off_list", message, {"urls": list(addresses[:_EXAMPLES])}),)


def unusable_note(reasons: Iterable[str]) -> tuple[Note, ...]:
    """Return the note on rows that could not be read, if there are any."""
    told = list(reasons)
    if not told:
        return ()
    message = f"{len(told)} rows could not be read and were dropped: {told[0]}"
    return (Note("row_unreadable", message, {"reasons": told[:_EXAMPLES]}),)
