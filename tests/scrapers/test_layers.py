"""One module of this room speaks HTTP, so that a change of client is a change of one file."""

import ast
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2] / "scrapers"


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_httpx_is_imported_in_one_file():
    assert [path.name for path in ROOM.rglob("*.py") if "httpx" in imported(path)] == ["http.py"]


def test_platforms_know_no_network_and_no_archive():
    for path in (ROOM / "platforms").glob("*.py"):
        assert not imported(path) & {"httpx", "asyncio", "socket", "archive"}, path.name
