"""Names of site files lead to adapters, or to a message that helps."""

from typing import get_args

import pytest

from scrapers.errors import PlatformError
from scrapers.platforms import BUILT, platform_named
from scrapers.site import PlatformName


@pytest.mark.parametrize("name", BUILT)
def test_built(name: str):
    assert platform_named(name).name == name


@pytest.mark.parametrize("name", sorted(set(get_args(PlatformName)) - set(BUILT)))
def test_known_but_not_built(name: str):
    with pytest.raises(PlatformError, match=r"not built yet; built are gkmlpt, links, nfcms\. Use 'links'"):
        platform_named(name)
