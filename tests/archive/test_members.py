"""Walking gzip members: whole ones, damage between them, and gzip in a page that is no member of the file."""

import gzip
import io
import random
import zlib
from pathlib import Path

import pytest

from archive.members import CHUNK_BYTES, Broken, Member, MemberError, MemberStream, read_member, walk

RECORD = b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
NESTED = gzip.compress(random.Random(1).randbytes(300))


def stored_member(content: bytes) -> bytes:
    """Return a gzip member that holds `content` uncompressed: gzip inside it lies open in the file."""
    return gzip.compress(content, compresslevel=0, mtime=0)


def test_damage_is_followed_to_the_next_record_and_not_to_gzip_inside_a_page(tmp_path: Path) -> None:
    first, page, last = (stored_member(RECORD + inner) for inner in (b"", NESTED, b"last"))
    damaged = bytearray(page)
    damaged[30] ^= 1
    (tmp_path / "file").write_bytes(first + damaged + last)
    whole, broken, end = walk(tmp_path / "file")
    start, resumes = len(first), len(first + page)
    assert (type(whole), type(broken), type(end)) == (Member, Broken, Member)
    assert isinstance(broken, Broken)
    assert (broken.offset, broken.resumes) == (start, resumes)


@pytest.mark.parametrize("offset", [-1, 24, 1000])
def test_offset_outside_the_file(offset: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(gzip.compress(b"text"))
    with (tmp_path / "file").open("rb") as file, pytest.raises(MemberError, match="outside the file"):
        read_member(file, offset)


def test_wrong_checksum_and_length_are_damage(tmp_path: Path) -> None:
    member = bytearray(gzip.compress(b"text"))
    for at in (-1, -5):
        member[at] ^= 1
        (tmp_path / "file").write_bytes(member)
        with (tmp_path / "file").open("rb") as file, pytest.raises(MemberError, match="is damaged"):
            read_member(file, 0)
        member[at] ^= 1


def test_zlib_stream_is_no_member(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(zlib.compress(RECORD))
    assert [type(part) for part in walk(tmp_path / "file")] == [Broken]
    (tmp_path / "file").write_bytes(b"")
    assert list(walk(tmp_path / "file")) == []


def test_a_member_that_inflates_to_many_chunks_ends_where_the_next_begins(tmp_path: Path) -> None:
    page = random.Random(1).randbytes(CHUNK_BYTES // 4).hex().encode() * 8
    members = [gzip.compress(page), gzip.compress(b"next")]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    with path.open("rb") as file:
        first = MemberStream(file, 0)
        assert io.BufferedReader(first, CHUNK_BYTES).read() == page
        assert first.end == len(members[0])
        assert io.BufferedReader(MemberStream(file, first.end), CHUNK_BYTES).read() == b"next"
