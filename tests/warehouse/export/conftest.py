"""A published copy with two offices' documents, in two columns, one of which names a file that came."""

from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.export.corpus import export
from warehouse.export.selection import Selection
from warehouse.publish import publish

A, B, FILE = "http://yunxi.example/1", "http://yunxi.example/2", "http://yunxi.example/a.pdf"
ONE, TWO, THREE = "=税收5.0亿元。", "税收6.0亿元。", "附表：税收7.0亿元。"


@pytest.fixture(scope="module")
def database(shared_world, shared_connection) -> Path:
    first = shared_world.run(1, listed={A: "甲"}, captured={A: ONE})
    second = shared_world.run(2, listed={B: "乙"}, captured={B: TWO}, files={FILE: THREE}, column="规划")
    shared_world.load(shared_connection, first, second)
    shared_world.read(shared_connection, ONE, shared_world.figure("5.0亿元", "税收", 5), attachments="[]")
    shared_world.read(
        shared_connection,
        TWO,
        shared_world.figure("6.0亿元", "税收", 6),
        source="石桥区新河街道办事处",
        published_on="2024-05-01",
    )
    shared_world.read(
        shared_connection,
        THREE,
        kind="file",
        title=None,
        source=None,
        published_on=None,
        attachments="[]",
    )
    return publish(shared_connection, shared_world.data, now=shared_world.now)


@pytest.fixture
def texts() -> tuple[str, str, str]:
    return ONE, TWO, THREE


@pytest.fixture
def addresses() -> tuple[str, str, str]:
    return A, B, FILE


@pytest.fixture
def rows() -> Callable[..., int]:
    """Return how many documents are in an export as CSV of a selection of `database`."""

    def count(database: Path, out: Path, **selection: object) -> int:
        exported = export(database, "csv", out, Selection(**selection))  # type: ignore[arg-type]
        return exported.resources[0].rows or 0

    return count
