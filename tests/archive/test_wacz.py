"""A WACZ is laid out as players expect it, and the same files give the same bytes."""

import hashlib
import json
import struct
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.wacz import Page, write_wacz

AT = datetime(2026, 1, 5, 11, 17, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def parts(tmp_path: Path) -> tuple[list[Path], list[Path]]:
    """Return two files of records and the sorted index of each."""
    warcs = [tmp_path / f"gongkai-0000{number}.warc.gz" for number in range(2)]
    indexes = [tmp_path / f"gongkai-0000{number}.cdxj" for number in range(2)]
    for warc in warcs:
        warc.write_bytes(warc.name.encode())
    indexes[0].write_text("example,a)/ 1 {}\nexample,c)/ 1 {}\n")
    indexes[1].write_text("example,b)/ 1 {}\n")
    return warcs, indexes


def write(target: Path, parts: tuple[list[Path], list[Path]]) -> Path:
    pages = [Page("1", "http://demo.example/a", AT, "清河街道2025年工作总结")]
    write_wacz(target, *parts, pages, title="made", created=AT)
    return target


def test_layout(tmp_path: Path, parts: tuple[list[Path], list[Path]]) -> None:
    with zipfile.ZipFile(write(tmp_path / "a.wacz", parts)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert list(held) == [
        *("archive/gongkai-00000.warc.gz", "archive/gongkai-00001.warc.gz"),
        *("indexes/index.cdx", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"),
    ]
    assert held["indexes/index.cdx"].decode().split() == [
        *("example,a)/", "1", "{}", "example,b)/", "1", "{}", "example,c)/", "1", "{}"),
    ]
    head, page = map(json.loads, held["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert (page["ts"], page["title"]) == ("2026-01-05T03:17:00Z", "清河街道2025年工作总结")
    about = json.loads(held["datapackage.json"])
    assert (about["wacz_version"], about["created"]) == ("1.1.1", "2026-01-05T03:17:00Z")
    for resource in about["resources"]:
        content = held[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    digest = json.loads(held["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(held['datapackage.json']).hexdigest()}"


def test_the_same_files_give_the_same_bytes(tmp_path: Path, parts: tuple[list[Path], list[Path]]) -> None:
    one, two = (write(tmp_path / name, parts) for name in ("one.wacz", "two.wacz"))
    assert one.read_bytes() == two.read_bytes()


def test_small_files_have_short_headers(tmp_path: Path, parts: tuple[list[Path], list[Path]]) -> None:
    """ReplayWeb.page 2.5.3 looks for content behind the length that the directory tells, not the header."""
    content = write(tmp_path / "a.wacz", parts).read_bytes()
    with zipfile.ZipFile(tmp_path / "a.wacz") as package:
        for info in package.infolist():
            (extra,) = struct.unpack_from("<H", content, info.header_offset + 28)
            assert extra == len(info.extra) == 0
