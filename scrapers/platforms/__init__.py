"""The content management systems whose listings can be read, by the name a site file gives."""

from scrapers.platforms.auto import Auto
from scrapers.platforms.gkmlpt import Gkmlpt
from scrapers.platforms.hanweb import Hanweb
from scrapers.platforms.links import Links
from scrapers.platforms.nfcms import Nfcms
from scrapers.platforms.protocol import Platform
from scrapers.platforms.trs import Trs
from scrapers.platforms.ucap import Ucap
from scrapers.platforms.vsb import Vsb
from scrapers.site import PlatformName

_KNOWN: tuple[Platform, ...] = (Gkmlpt(), Nfcms(), Trs(), Hanweb(), Ucap(), Vsb(), Links())
_BUILT: dict[str, Platform] = {platform.name: platform for platform in _KNOWN}
_BUILT["auto"] = Auto(dict(_BUILT))
BUILT: tuple[str, ...] = tuple(sorted(_BUILT))


def platform_named(name: PlatformName) -> Platform:
    """Return the adapter of a platform: each name that a site file may give has one."""
    return _BUILT[name]
