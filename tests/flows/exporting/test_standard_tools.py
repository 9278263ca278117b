"""Other people's programs accept our exports and show what is in them; each says no to a broken one."""

import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from flows.layout import Layout
from tests.flows.exporting.made_pages import GB, MOVED, UTF8
from warehouse.export.corpus import export
from warehouse.publish import current

Tool = Callable[..., "subprocess.CompletedProcess[str]"]
FIRST_NIGHT, SECOND, THIRD = "20260105031701", "20260106031701", "20260107031703"
START_S = 30


@pytest.fixture(scope="module")
def exports(pages: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an export of each kind; nobody changes it."""
    folder = tmp_path_factory.mktemp("exports")
    for kind in ("warc", "wacz", "csv", "jsonl", "parquet", "duckdb", "text"):
        export(current(pages.data), kind, folder / kind, archive=pages.archive)  # type: ignore[arg-type]
    return folder


def broken(path: Path, target: Path) -> Path:
    """Copy a file with one byte of its middle changed."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(content)
    return target


def test_wacz_validate(exports: Path, tool: Tool, tmp_path: Path) -> None:
    wacz = exports / "wacz" / "gongkai.wacz"
    done = tool("wacz", "validate", "-f", wacz)
    assert (done.returncode, "Validation succeeded" in done.stdout) == (0, True), done.stdout
    with zipfile.ZipFile(wacz) as package, zipfile.ZipFile(tmp_path / "broken.wacz", "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b"GB18030", b"UTF8") + b"\n")
    assert "Validation succeeded" not in tool("wacz", "validate", "-f", tmp_path / "broken.wacz").stdout


def test_warcio_check(exports: Path, tool: Tool, tmp_path: Path) -> None:
    warc = exports / "warc" / "gongkai-00000.warc.gz"
    done = tool("warcio", "check", "--verbose", warc)
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout
    assert "no digest" not in done.stdout
    (tmp_path / "broken.warc").write_bytes(unpacked(warc).replace(b"328.1", b"382.1"))
    assert tool("warcio", "check", tmp_path / "broken.warc").returncode != 0


def test_fastwarc_check(exports: Path, tmp_path: Path) -> None:
    fastwarc = Path(sys.executable).with_name("fastwarc")
    warc = exports / "warc" / "gongkai-00000.warc.gz"
    (tmp_path / "broken.warc").write_bytes(unpacked(warc).replace(b"328.1", b"382.1"))
    for path, sound in ((warc, True), (tmp_path / "broken.warc", False)):
        command = [fastwarc, "check", "--quiet", "--output", "-", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert all(": OK" in line for line in done.stdout.splitlines()) is sound
        assert done.stdout


@pytest.mark.parametrize("kind", ["warc", "wacz", "csv", "jsonl", "parquet", "duckdb", "text"])
def test_frictionless_validate(exports: Path, tool: Tool, kind: str) -> None:
    done = tool("frictionless", "validate", exports / kind / "datapackage.json")
    assert done.returncode == 0, done.stdout


def test_frictionless_says_no_to_a_changed_table(exports: Path, tool: Tool, tmp_path: Path) -> None:
    for path in (exports / "csv").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    broken(exports / "csv" / "metrics.csv", tmp_path / "metrics.csv")
    done = tool("frictionless", "validate", tmp_path / "datapackage.json")
    assert done.returncode != 0
    assert "hash-count" in done.stdout or "hash" in done.stdout


def unpacked(warc: Path) -> bytes:
    import gzip

    return gzip.decompress(warc.read_bytes())


@pytest.fixture(scope="module")
def player(
    exports: Path, tool: Tool, tools: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], httpx.Response]]:
    """Play the WACZ with pywb on loopback; gives its answer for a time and an address."""
    folder = tmp_path_factory.mktemp("pywb")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    manager = [tools / "wb-manager"]
    for command in (["init", "made"], ["add", "made", "--unpack-wacz", exports / "wacz" / "gongkai.wacz"]):
        subprocess.run([*manager, *command], cwd=folder, check=True, capture_output=True)
    with (folder / "log").open("wb") as log:
        served = subprocess.Popen(
            [tools / "wayback", "-b", "127.0.0.1", "-p", str(port), "-d", folder], stdout=log, stderr=log
        )
    base = f"http://127.0.0.1:{port}"
    try:
        _await(base, served)
        with httpx.Client(timeout=START_S, trust_env=False) as client:
            yield lambda moment, url: client.get(f"{base}/made/{moment}/{url}")
    finally:
        served.terminate()
        served.wait()


def _await(base: str, served: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert served.poll() is None, "pywb ended at once"
        try:
            httpx.get(base, timeout=1, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"pywb did not answer within {START_S} s")


Player = Callable[[str, str], httpx.Response]


@pytest.mark.parametrize(
    ("moment", "url", "payload"),
    [
        (FIRST_NIGHT, "http://qinghe.example/gb.html", GB),
        (FIRST_NIGHT, "http://qinghe.example/plan.html", UTF8),
        (SECOND, "http://shiqiao.example/copy.html", UTF8),
        (THIRD, "http://qinghe.example/gb.html", GB),
        (FIRST_NIGHT, "http://qinghe.example/bulletin.html", MOVED),
    ],
    ids=["gb18030", "utf-8", "revisit-of-another-site", "revisit-of-itself", "behind-a-redirect"],
)
def test_pywb_shows_each_page_whole(player: Player, moment: str, url: str, payload: bytes) -> None:
    shown = player(f"{moment}id_", url)
    assert shown.status_code == 200
    assert shown.content == payload


def test_pywb_shows_a_page_to_people(player: Player) -> None:
    shown = player(f"{FIRST_NIGHT}mp_", "http://qinghe.example/gb.html")
    assert "规上工业总产值328.1亿元".encode("gb18030") in shown.content
    assert shown.headers["content-type"] == "text/html; charset=gb18030"


def test_pywb_follows_a_redirect(player: Player) -> None:
    shown = player(f"{FIRST_NIGHT}id_", "http://qinghe.example/old.html")
    assert shown.status_code == 301
    assert shown.headers["location"].endswith("/bulletin.html")
