"""Addresses are ordered in an index as pywb asks for them."""

import subprocess
from pathlib import Path

import pytest

from archive.surt import surt

ADDRESSES = {
    "http://www.qinghe.example/": "example,qinghe)/",
    "http://qinghe.example": "example,qinghe)/",
    "https://WWW2.Qinghe.example:443/A.html?z=1&a=%E6%9D%BE&a": "example,qinghe)/a.html?a&a=%e6%9d%be&z=1",
    "http://127.0.0.1:8080/xxgk/": "1,0,0,127:8080)/xxgk",
    "http://qinghe.example//a//./b/../c/": "example,qinghe)/a/c",
    "http://qinghe.example/%e6%9d%be%7e%20/x?": "example,qinghe)/%e6%9d%be~%20/x",
    "http://qinghe.example/松石?名=值": "example,qinghe)/%e6%9d%be%e7%9f%b3?%e5%90%8d=%e5%80%bc",
    "http://qinghe.example/a.html#8": "example,qinghe)/a.html",
    "http://wwwqinghe.example/a": "example,wwwqinghe)/a",
}


@pytest.mark.parametrize(("url", "form"), ADDRESSES.items())
def test_form(url: str, form: str) -> None:
    assert surt(url) == form


@pytest.mark.parametrize(
    "url", ["file:///srv/a.html", "urn:uuid:0", "http://qinghe.example:port/a", "http://"]
)
def test_what_is_no_address_of_a_page_stays(url: str) -> None:
    assert surt(url) == url


def test_the_package_that_pywb_goes_by_says_the_same(tools: Path) -> None:
    program = "import sys, surt\nfor line in sys.stdin: print(surt.surt(line.rstrip('\\n')))"
    done = subprocess.run(
        [tools / "python", "-c", program],
        input="\n".join(ADDRESSES),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == list(ADDRESSES.values())
