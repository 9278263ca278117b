"""Texts that are sorted in parts are the same rows in the same order as those sorted at once."""

import tempfile

import pytest

from warehouse.export.ordered import order_texts
from warehouse.export.selection import Selection, source
from warehouse.export.tables import DOCUMENTS
from warehouse.publish import publish


@pytest.fixture
def many(world, connection):
    """A copy with forty documents, of which one was only listed."""
    bodies = {f"http://yunxi.example/{number}": f"第{number}份。" for number in range(39)}
    world.load(connection, world.run(1, listed=dict.fromkeys([*bodies, "http://yunxi.example/none"], "甲")))
    world.load(connection, world.run(2, captured=bodies))
    world.read_all(connection, dict.fromkeys(bodies.values(), ()))
    return publish(connection, world.data, now=world.now)


@pytest.mark.parametrize(
    ("part_bytes", "digits"),
    [(1 << 30, set()), (100, {1}), (3, {2})],
    ids=["at once", "16 parts", "256 parts"],
)
def test_rows_are_those_of_the_documents_in_the_order_of_their_ids(
    many, tmp_path, monkeypatch, part_bytes, digits
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with source(many, Selection()) as connection:
        plain = connection.execute(f"{DOCUMENTS} order by document_id")
        columns, wanted = plain.description, plain.fetchall()
        order_texts(connection, DOCUMENTS, part_bytes=part_bytes)
        ordered = connection.execute("from ordered")
        assert ordered.description == columns
        assert ordered.fetchall() == wanted
        assert len(wanted) == 40
        assert {row[-1] is None for row in wanted} == {True, False}
        parts = tmp_path.glob("*/parts/*.parquet")
        assert {len(part.stem.removeprefix("part=")) for part in parts} == digits


@pytest.mark.parametrize("name", ["a[b]c", "it's", "st*r"])
def test_the_folder_of_temporary_files_may_have_any_name(many, tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / name))
    with source(many, Selection()) as connection:
        order_texts(connection, DOCUMENTS, part_bytes=100)
        assert list((tmp_path / name).glob("*/parts/*.parquet"))
        assert connection.execute("select count(*) from ordered").fetchone() == (40,)
