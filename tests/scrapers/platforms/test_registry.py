"""Names of site files lead to adapters."""

from typing import get_args

import pytest

from scrapers.platforms import BUILT, platform_named
from scrapers.site import PlatformName


@pytest.mark.parametrize("name", BUILT)
def test_built(name: str):
    assert platform_named(name).name == name


def test_every_name_of_a_site_file_has_an_adapter():
    assert set(get_args(PlatformName)) == set(BUILT)
