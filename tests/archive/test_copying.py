"""Records are copied as they lie, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.copying import answer_copies, end_of
from archive.errors import ArchiveError, RecordError
from archive.exchange import Exchange, Stored
from archive.reader import original_place
from archive.writer import ArchiveWriter

Make = Callable[..., Exchange]


@pytest.fixture
def stored(folder: Path, run: str, exchange: Make) -> list[Stored]:
    """Return where three answers lie, the last of them a revisit of the first."""
    with ArchiveWriter(folder, run, lambda wire_digest: None) as writer:
        return [writer.write(exchange(body)) for body in (b"one", b"two", b"one")]


def flip(folder: Path, warc: str, offset: int) -> None:
    path = folder / warc
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


def test_an_answer_comes_with_what_lies_before_it(folder: Path, stored: list[Stored]) -> None:
    first, second, _ = stored
    begin = end_of(folder, first.warc, first.offset)
    copies = answer_copies(folder, second.warc, second.offset, begin=begin)
    assert [copy.record.type for copy in copies.records] == ["request", "response"]
    written = (folder / second.warc).read_bytes()
    assert b"".join(copy.member for copy in copies.records) == written[begin : copies.records[-1].end]


def test_the_opening_of_a_file_stays_where_it_is(folder: Path, stored: list[Stored]) -> None:
    copies = answer_copies(folder, stored[0].warc, stored[0].offset, begin=0)
    assert [copy.record.type for copy in copies.records] == ["request", "response"]


def test_a_damaged_answer_is_named(folder: Path, stored: list[Stored]) -> None:
    flip(folder, stored[1].warc, stored[1].offset + 40)
    with pytest.raises(RecordError, match=f"at {stored[1].offset}: the record is damaged"):
        answer_copies(folder, stored[1].warc, stored[1].offset, begin=stored[1].offset)
    assert end_of(folder, stored[1].warc, stored[1].offset) > stored[1].offset


def test_a_damaged_request_is_named_and_the_answer_comes(folder: Path, stored: list[Stored]) -> None:
    begin = end_of(folder, stored[0].warc, stored[0].offset)
    flip(folder, stored[1].warc, begin + 40)
    copies = answer_copies(folder, stored[1].warc, stored[1].offset, begin=begin)
    assert [copy.record.type for copy in copies.records] == ["response"]
    assert copies.damaged is not None
    assert copies.damaged.startswith(f"the record at {begin} before it: ")


def test_a_missing_file_is_named(folder: Path, stored: list[Stored]) -> None:
    (folder / stored[0].warc).unlink()
    with pytest.raises(ArchiveError, match="is missing; restore it from a copy"):
        answer_copies(folder, stored[0].warc, stored[0].offset, begin=0)


def test_a_revisit_leads_to_its_original(folder: Path, stored: list[Stored]) -> None:
    first, second, third = stored
    assert original_place(folder, third.warc, third.offset) == (first.warc, first.offset)
    assert original_place(folder, second.warc, second.offset) is None
