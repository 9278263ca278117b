"""Which sites a command works on: a bad site file is told and never hides the others."""

from collections.abc import Callable, Sequence
from pathlib import Path

from extract.errors import GongkaiError
from flows.output import complain
from scrapers.site import Site, read_sites


class UnknownSiteError(GongkaiError):
    """A key for which there is no site file."""


def chosen_sites(
    path: Path, keys: Sequence[str], tell: Callable[[str], None] = complain
) -> tuple[list[Site], int]:
    """Return the sites of `keys` (all where none is named) and how many site files could not be used.

    `tell` gets a line for each bad file. Raises UnknownSiteError for a key without a file, and the
    SiteError itself when no site is left.
    """
    sites, errors = read_sites(path)
    if errors and not sites:
        raise errors[0]
    for error in errors:
        tell(f"gongkai: {error}")
    known = {site.key: site for site in sites}
    for key in keys:
        if key not in known:
            raise UnknownSiteError(
                f"{key}: no site file in {path} has this key; known are {', '.join(sorted(known))}"
            )
    return [known[key] for key in dict.fromkeys(keys)] if keys else list(sites), len(errors)
