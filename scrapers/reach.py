"""How far connections reach: which hosts may be private, and what is accepted of whose TLS."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scrapers.dialling import Dialler
from scrapers.site import Site
from scrapers.tls import Accepted


@dataclass(frozen=True, slots=True)
class Reach:
    """Who dials, and by host what is accepted there and refused elsewhere."""

    dialler: Dialler = field(default_factory=Dialler)
    tls: Mapping[str, frozenset[Accepted]] = field(default_factory=dict)


def reach_of(site: Site) -> Reach:
    """Return what the site file allows: public addresses and sound TLS, but for its exceptions."""
    private = (host.partition(":")[0] for host in site.hosts if site.network.private)
    return Reach(Dialler(private), {each.host: frozenset(each.accept) for each in site.network.tls})
