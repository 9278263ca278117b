"""`platform = "auto"`: the first list page tells the platform, and the rest is read as that platform does.

Good for a first look; a site file that names its platform does not change its mind when a template does.
"""

from collections.abc import Mapping
from dataclasses import replace

from scrapers.platforms.answers import text_of
from scrapers.platforms.protocol import Answered, Listed, ListingPage, ListingRequest, Platform
from scrapers.platforms.rows import column_address
from scrapers.platforms.signs import recognise

_FIRST = "auto"


class Auto:
    """Listings of a platform that is not told: `known` are the adapters by name, `links` among them."""

    name = "auto"

    def __init__(self, known: Mapping[str, Platform]) -> None:
        self._known = known

    def first(self, listed: Listed) -> ListingRequest:
        """Return the address in the site file, to be recognised."""
        return ListingRequest(column_address(listed), step=_FIRST)

    def read(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        """Read an answer as the platform does that the first one showed."""
        name, _, step = request.step.partition(":")
        if name == _FIRST:
            return self._recognised(listed, request, answered)
        return self._read_as(name, listed, replace(request, step=step), answered)

    def holds_document(self, fetch_url: str, payload: bytes, /) -> bool:
        """Tell whether no platform says that `payload` is not what the address promises."""
        return all(platform.holds_document(fetch_url, payload) for platform in self._known.values())

    def _recognised(self, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        name, _ = recognise(answered.url, text_of(answered))
        platform = self._known.get(name) or self._known["links"]
        first = platform.first(listed)
        if first.url == request.url:
            return self._read_as(platform.name, listed, first, answered)
        return ListingPage((), (_marked(platform.name, first),))

    def _read_as(self, name: str, listed: Listed, request: ListingRequest, answered: Answered) -> ListingPage:
        page = self._known[name].read(listed, request, answered)
        return replace(page, following=tuple(_marked(name, each) for each in page.following))


def _marked(name: str, request: ListingRequest) -> ListingRequest:
    """Return the request with the platform's name before its step."""
    instead = tuple(_marked(name, each) for each in request.instead)
    return replace(request, step=f"{name}:{request.step}", instead=instead)
