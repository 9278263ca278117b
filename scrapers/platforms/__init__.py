"""The content management systems whose listings can be read, by the name a site file gives."""

from scrapers.errors import PlatformError
from scrapers.platforms.gkmlpt import Gkmlpt
from scrapers.platforms.links import Links
from scrapers.platforms.nfcms import Nfcms
from scrapers.platforms.protocol import Platform

_BUILT: dict[str, Platform] = {platform.name: platform for platform in (Gkmlpt(), Nfcms(), Links())}
BUILT: tuple[str, ...] = tuple(sorted(_BUILT))


def platform_named(name: str) -> Platform:
    """Return the adapter of a platform; PlatformError names those that are built."""
    try:
        return _BUILT[name]
    except KeyError:
        raise PlatformError(
            f"platform {name!r} is not built yet; built are {', '.join(BUILT)}. "
            "Use 'links' with the address of a list page: it reads any page of dated links"
        ) from None
