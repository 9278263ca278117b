"""What a person, cron or a monitor relies on: exit codes, and one clear line for what is wrong."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.lock import held
from flows.cli import COMMANDS, run
from flows.layout import Layout
from flows.run_results import RunResult
from warehouse.saved_queries import SavedQuery

Cli = Callable[..., int]
TEXT = """首页 > 政务公开 > 规划计划
云栖街道2031年工作总结
来源:云栖街道办事处 发布时间:2032-01-05
一、2031年工作总结
全年完成固定资产投资12.5亿元,增长3.1%。
扫一扫在手机打开当前页
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "summary.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert "--data" in capsys.readouterr().out


def test_help_and_status_import_nothing_heavy() -> None:
    heavy = {"prefect", "duckdb", "jieba", "httpx", "pydantic", "selectolax"}
    code = (
        "import sys; from flows.cli import run; run(['--help']); run(['status']);"
        f"print(*({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == "\n"


def test_a_saved_query_is_asked_by_name(
    cli: Cli, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("ingest", page) == 0
    assert cli("sql", "--list") == 0
    assert "over_the_years" in capsys.readouterr().out
    choice = ("--saved", "over_the_years", "--set", "indicator=固定资产投资")
    assert cli("sql", *choice, "--format", "json") == 0
    assert [row["year"] for row in json.loads(capsys.readouterr().out)] == [2031]
    assert cli("sql", *choice, "--format", "xlsx", "--out", tmp_path / "a.xlsx") == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--saved", "none"), "query none: is not saved"),
        (("--saved", "ranking", "--set", "month=1"), "there is no value month"),
        (("--saved", "ranking", "--set", "2024"), "--set takes NAME=VALUE"),
        (("--saved", "ranking", "select 1"), "not both"),
        (("select 1", "--set", "year=1"), "name it with --saved"),
        (("select 1", "--format", "xlsx"), "xlsx is no text"),
        (("select 1", "--out", "answer"), "--format csv, json, parquet or xlsx"),
        (("select 1", "--out", "a.csv", "--format", "table"), "--format csv, json, parquet or xlsx"),
        (("--json", "select 1", "--out", "a.json"), "--json prints the answer"),
    ],
)
def test_a_saved_query_that_cannot_be_asked_says_why(
    cli: Cli, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    assert cli("sql", *arguments) == 2
    assert reason in capsys.readouterr().err


def test_an_answer_is_written_in_the_form_of_its_file(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert cli("ingest", page) == 0
    begins = {"csv": b"\xef\xbb\xbfa\r\n", "json": b"[\n{", "parquet": b"PAR1", "xlsx": b"PK"}
    for suffix, begin in begins.items():
        out = tmp_path / f"answer.{suffix}"
        assert cli("sql", "select 1 as a", "--out", out) == 0
        assert out.read_bytes().startswith(begin)


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "xlsx"])
def test_an_answer_overwrites_no_file_and_names_a_folder_that_is_none(
    cli: Cli, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    assert cli("ingest", page) == 0
    capsys.readouterr()
    held = tmp_path / f"held.{suffix}"
    held.write_text("mine", encoding="utf-8")
    assert cli("sql", "select 1", "--out", held) == 2
    assert "exists already" in one_line(capsys)
    assert held.read_text("utf-8") == "mine"
    assert cli("sql", "select 1", "--out", tmp_path / "none" / held.name) == 2
    assert f"{tmp_path / 'none'} is no folder" in one_line(capsys)


def test_an_answer_that_fails_leaves_no_half_file(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert cli("ingest", page) == 0
    late = "select case when range < 5000 then range else error('late') end from range(6000)"
    assert cli("sql", late, "--out", tmp_path / "late.csv") == 2
    assert not (tmp_path / "late.csv").exists()


def test_an_answer_without_rows_says_what_was_asked(
    cli: Cli, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("ingest", page) == 0
    capsys.readouterr()
    assert cli("sql", "select 1 where false") == 0
    assert one_line(capsys) == "no rows"
    assert cli("sql", "--saved", "fastest_growth", "--set", "year=1800") == 0
    assert one_line(capsys) == "no rows for indicator=规上工业总产值, year=1800"


def test_a_saved_query_says_where_its_own_limit_may_have_cut_the_answer(
    cli: Cli, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("ingest", page) == 0
    for limit, said in ((3, ["3 rows, where the saved query ends; there may be more"]), (4, [])):
        cut = SavedQuery("cut", "", "", (), f"from range(3)\nlimit {limit}\n")
        monkeypatch.setattr("warehouse.saved_queries.saved_query", {"cut": cut}.__getitem__)
        capsys.readouterr()
        assert cli("sql", "--saved", "cut", "--format", "csv") == 0
        assert capsys.readouterr().err.splitlines() == said


def test_a_text_goes_from_file_to_sql(cli: Cli, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("ingest", page) == 0
    capsys.readouterr()
    query = (
        "from mart.metrics select office, indicator, measure, value, unit, period_end, written, sentence "
        "order by span_start"
    )
    assert cli("sql", query, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["indicator"], row["measure"], row["value"], row["unit"]) for row in rows] == [
        ("固定资产投资", "level", 12.5, "亿元"),
        ("固定资产投资", "change", 3.1, "%"),
    ]
    assert {row["period_end"] for row in rows} == {"2031-12-31"}
    assert all(row["office"] == "云栖街道办事处" and row["written"] in row["sentence"] for row in rows)


@pytest.mark.parametrize("kind", ["csv", "text", "duckdb"])
def test_an_export_without_pages_is_not_taken_for_saved_pages(
    cli: Cli, page: Path, layout: Layout, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    out = layout.data.with_name("corpus")
    assert cli("ingest", page) == 0
    assert cli("export", kind, out) == 0
    held = sorted(path.name for path in layout.archive.glob("*.warc.gz"))
    capsys.readouterr()
    assert cli("ingest", out) == 2
    assert f"{out}: an export without its pages; take in one of kind warc or wacz" in one_line(capsys)
    assert sorted(path.name for path in layout.archive.glob("*.warc.gz")) == held


def test_ingesting_the_same_file_again_stores_nothing(cli: Cli, page: Path, layout: Layout) -> None:
    assert cli("ingest", page) == 0
    before = sorted(path.name for path in layout.archive.glob("*.warc.gz"))
    assert cli("ingest", page) == 0
    assert sorted(path.name for path in layout.archive.glob("*.warc.gz")) == before


def test_a_missing_file_is_named_and_the_rest_goes_in(
    cli: Cli, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = page.with_name("missing.txt")
    assert cli("ingest", missing, page) == 4
    assert str(missing) in one_line(capsys)
    assert cli("ingest", missing) == 2


def test_extract_prints_one_object_per_document(
    cli: Cli, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("extract", page) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["title"] == "云栖街道2031年工作总结"
    assert (document["published"], document["source"]) == ("2032-01-05", "云栖街道办事处")
    for metric in document["metrics"]:
        assert document["body"][metric["start"] : metric["end"]] == metric["written"]
    assert cli("extract", page.with_name("none.html"), page, "--out", tmp_path / "out") == 4
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["title"] == document["title"]


def test_a_site_file_with_an_unknown_key_is_named_with_its_line(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site.toml"
    site.write_text('key = "a"\nname = "甲"\nregoin = "440306"\n', encoding="utf-8")
    assert cli("--sites", site, "crawl") == 2
    line = one_line(capsys)
    assert f"{site}:3" in line
    assert "region" in line, "the nearest known key is told"


def test_a_key_without_a_site_file_is_told(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("crawl", "atlantis") == 2
    assert "atlantis" in one_line(capsys)


def test_sql_before_anything_is_published_says_what_to_do(
    cli: Cli, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("sql", "from mart.metrics") == 2
    assert "gongkai demo" in one_line(capsys)


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '/tmp/x.csv'",
        "delete from raw.captures",
        "attach '/tmp/x.db'",
        "select 1; select 2",
        "set threads = 1",
    ],
)
def test_sql_cannot_write_or_reach_files(
    cli: Cli, page: Path, query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", page)
    capsys.readouterr()
    assert cli("sql", query) == 2
    one_line(capsys)


def test_a_held_data_folder_is_busy(
    cli: Cli, page: Path, layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    with held(layout.lock):
        assert cli("ingest", page) == 75
    assert "process" in one_line(capsys)


def test_verify_names_the_warc_with_a_flipped_byte(
    cli: Cli, page: Path, layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", page)
    assert cli("verify") == 0
    (warc,) = layout.archive.glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 1
    warc.chmod(0o644)
    warc.write_bytes(content)
    capsys.readouterr()
    assert cli("verify") == 3
    assert warc.name in capsys.readouterr().err


def test_rebuild_search_export_and_changes_work_on_what_was_ingested(
    cli: Cli, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", page)
    assert cli("rebuild") == 0
    capsys.readouterr()
    assert cli("search", "固定资产投资", "--json") == 0
    assert json.loads(capsys.readouterr().out)["count"] == 1
    assert cli("export", "csv", tmp_path / "csv") == 0
    assert cli("export", "warc", tmp_path / "warc") == 0
    assert (tmp_path / "warc" / "SHA256SUMS").exists()
    assert cli("export", "csv", tmp_path / "csv") == 2, "an export never writes over another"
    assert cli("changes") == 0


def test_a_changed_document_can_be_compared(cli: Cli, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", page)
    page.write_text(TEXT.replace("12.5亿元", "12.9亿元"), encoding="utf-8")
    cli("ingest", page)
    capsys.readouterr()
    assert cli("diff", page.as_uri(), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(row["old_written"], row["new_written"]) for row in answer["figures"]] == [
        ("12.5亿元", "12.9亿元")
    ]
    assert [row["sign"] for row in answer["sentences"]] == ["-", "+"]


def test_doctor_is_content_with_this_installation(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("doctor", "--json") == 0
    assert all(finding["fine"] for finding in json.loads(capsys.readouterr().out)["findings"])


def test_status_tells_a_monitor_what_a_run_came_to(
    cli: Cli, crawl: Callable[[], RunResult], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl()
    capsys.readouterr()
    assert cli("--sites", tmp_path / "sites", "status", "--json") == 0
    sites = json.loads(capsys.readouterr().out)["sites"]
    assert {site["state"] for site in sites} == {"ok"}
    assert all(site["entries"] == site["documents_ok"] for site in sites)


def test_the_demo_never_destroys_what_is_not_a_demo(
    cli: Cli, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", page)
    capsys.readouterr()
    assert cli("demo") == 2
    assert "--data" in capsys.readouterr().err
