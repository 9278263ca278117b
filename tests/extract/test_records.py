"""The JSON of `gongkai extract` and the rows of core are contracts: keys, types and evidence are fixed."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import read_document
from extract.metrics import Metric
from extract.records import Reading, document_row, metric_rows, read, table_rows, to_json

PAGES = Path(__file__).parent / "pages"
DOCUMENT_KEYS = (
    "path url kind title published source publisher index_number document_number body tables attachments "
    "metrics warnings versions"
)
METRIC_KEYS = (
    "start end written sentence section indicator indicator_id measure value value_max unit value_base "
    "unit_base qualifier status period_start period_end scope subject rule"
)


@pytest.fixture
def reading() -> Reading:
    """A document with a metric made by hand, so that no rule of the metrics reader matters here."""
    document = read_document(
        (PAGES / "nfcms.html").read_bytes(), url="http://www.yunxi.example/content/post_7001.html"
    )
    start = document.body.index("120.5亿元")
    metric = Metric(
        payload_digest=document.payload_digest,
        extractor_version="1",
        start=start,
        end=start + 7,
        written="120.5亿元",
        sentence="全年实现规上工业总产值120.5亿元，增长4.2%；完成固定资产投资18.6亿元，下降1.3%。",
        section=("一、2023年工作总结",),
        indicator="规上工业总产值",
        indicator_id=None,
        subject=None,
        measure="level",
        value=Decimal("120.5"),
        value_max=None,
        unit="亿元",
        value_base=Decimal("12050000000.0"),
        unit_base="元",
        qualifier="exact",
        status="actual",
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        scope=None,
        rule="test",
    )
    return Reading(document, (metric,))


def test_the_json_of_extract(reading: Reading):
    given = json.loads(json.dumps(to_json(reading, path="a.html", url=None)))
    assert list(given) == DOCUMENT_KEYS.split()
    assert (given["path"], given["url"], given["kind"], given["published"]) == (
        "a.html",
        None,
        "article",
        "2024-01-12",
    )
    assert given["tables"][0]["rows"][0] == ["指标", "2023年", "2023年"]
    assert given["attachments"][0]["type"] == "pdf"
    assert set(given["versions"]) == {"document", "metrics"}
    metric = given["metrics"][0]
    assert list(metric) == METRIC_KEYS.split()
    assert given["body"][metric["start"] : metric["end"]] == metric["written"]
    assert (metric["period_start"], metric["section"]) == ("2023-01-01", ["一、2023年工作总结"])


def test_numbers_are_json_numbers_and_whole_ones_integers(reading: Reading):
    text = json.dumps(to_json(reading, path="a.html", url=None), ensure_ascii=False)
    assert '"value": 120.5,' in text
    assert '"value_base": 12050000000,' in text


def test_document_row(reading: Reading):
    row = json.loads(json.dumps(document_row(reading)))
    assert set(row) == {*reading.document.__dataclass_fields__, "words"}
    assert all(row["body"].startswith(word["word"], word["span_start"]) for word in row["words"])
    assert (row["published_on"], row["issued_on"]) == ("2024-01-12", None)
    assert json.loads(row["attachments"])[0]["name"] == "主要指标表.pdf"


def test_metric_rows(reading: Reading):
    row = json.loads(json.dumps(metric_rows(reading)))[0]
    assert set(row) == set(Metric.__dataclass_fields__)
    assert (row["value"], row["period_end"]) == (120.5, "2023-12-31")


def test_table_rows(reading: Reading):
    rows = table_rows(reading)
    assert len(rows) == 9
    assert [rows[4][name] for name in ("table_no", "row_no", "column_no", "text")] == [0, 1, 1, "总量"]
    assert rows[0]["payload_digest"] == reading.document.payload_digest
    assert [rows[7][name] for name in ("row_head", "column_head")] == ["规上工业总产值", "2023年 / 总量"]


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda page: page.name)
def test_each_metric_of_a_page_can_be_shown_in_its_place(page: Path):
    given = read(page.read_bytes())
    assert given.metrics
    for metric in given.metrics:
        assert given.document.body[metric.start : metric.end] == metric.written


@pytest.mark.parametrize(
    "payload", [b"", b"\x00" * 99, b"%PDF-1.4", b"{", b"<html>", "1亿元".encode() * 99, b"\xff" * 999]
)
def test_bad_input_does_not_raise(payload: bytes):
    json.dumps(to_json(read(payload), path="x", url=None))


PROBE = """
import json, sys
from pathlib import Path
from extract.records import read, to_json
read_ = read(Path(sys.argv[1]).read_bytes())
print(json.dumps([to_json(read_, path="", url=None), "jieba" in sys.modules]))
"""


def test_72_no_cache_of_the_machine_changes_what_is_read(tmp_path: Path):
    """A segmenter believes a cache that anybody may put into the temporary folder: none is used."""
    cache = tmp_path / "jieba.cache"
    cache.write_bytes(b"\xe3 a cache that another user made")
    page = PAGES / "trs.html"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", PROBE, page],
            stdout=subprocess.PIPE,
            env=os.environ | {"TMPDIR": str(tmp_path)},
        )
        for _ in range(2)
    ]
    found = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    assert found == [[to_json(read(page.read_bytes()), path="", url=None), False]] * 2
    assert list(tmp_path.iterdir()) == [cache]
