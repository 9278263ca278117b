"""Sending a run's digest to where people read it, by apprise: mail, chat, a web hook.

A message that cannot be sent is told and stops nothing: the run is over, and `status` says the same.
"""

import os
from collections.abc import Sequence

from flows.digest import Digest
from flows.output import complain

VARIABLE = "GONGKAI_NOTIFY"


def targets() -> tuple[str, ...]:
    """Return the addresses of GONGKAI_NOTIFY, in the forms that apprise documents, parted by blanks."""
    return tuple(os.environ.get(VARIABLE, "").split())


def notify(news: Digest, addresses: Sequence[str]) -> bool:
    """Send a digest to each address; tell whether all took it. Nothing is sent where there is no news."""
    if news.is_empty or not addresses:
        return True
    import apprise  # 0.3 s, for those who use it

    sent = True
    for number, address in enumerate(addresses, start=1):
        service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
        if service is None:
            complain(
                f"gongkai: {VARIABLE}: address {number} is none that apprise knows; see its documentation"
            )
        elif not service.notify(title=news.title, body=news.body):
            complain(f"gongkai: {VARIABLE}: address {number} did not take the digest")
        else:
            continue
        sent = False
    return sent
