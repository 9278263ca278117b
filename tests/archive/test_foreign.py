"""A torn or damaged record of someone else's WARC is never taken for a whole one, and hides no other."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import foreign
from archive.foreign import Fault, ForeignRecord, Place, record_at, records
from tests.archive.foreign_warcs import HEAD, members, one_member, plain, record, response, sha1, sha256

Layout = Callable[..., bytes]
layouts = pytest.mark.parametrize("layout", [plain, members, one_member])
BODIES = [random.Random(number).randbytes(3_000) for number in range(3)]


def read(folder: Path, data: bytes) -> list[ForeignRecord | Fault]:
    (folder / "f.warc.gz").write_bytes(data)
    return list(records(folder / "f.warc.gz"))


def bodies(found: list[ForeignRecord | Fault]) -> list[bytes]:
    return [each.block.removeprefix(HEAD) for each in found if isinstance(each, ForeignRecord)]


def faults(found: list[ForeignRecord | Fault]) -> list[Fault]:
    return [each for each in found if isinstance(each, Fault)]


@layouts
def test_whole_records_come_with_their_places(layout: Layout, tmp_path: Path) -> None:
    found = read(tmp_path, layout(*(response(body) for body in BODIES)))
    assert bodies(found) == BODIES
    for each in found:
        assert isinstance(each, ForeignRecord)
        assert record_at(tmp_path / "f.warc.gz", each.place) == each


@layouts
def test_a_torn_tail_is_told_behind_the_whole_records(layout: Layout, tmp_path: Path) -> None:
    """FACTS: the libraries hand out a torn last record as a normal short one."""
    whole = layout(*(response(body) for body in BODIES))
    for cut in (10, 500, 2_000, 2_900):
        found = read(tmp_path, whole[:-cut])
        assert bodies(found) == BODIES[:2]
        (fault,) = faults(found)
        assert found[-1] is fault
        assert "the file ends inside the record" in fault.reason


def test_every_cut_of_a_file_is_noticed(tmp_path: Path) -> None:
    small = [response(b"<p>a</p>"), response(b"<p>b</p>")]
    whole = members(*small)
    for length in range(1, len(whole)):
        found = read(tmp_path, whole[:length])
        assert len(bodies(found)) == (length >= len(members(small[0])))
        assert faults(found) or length == len(members(small[0]))


def test_damage_in_a_member_leaves_the_others(tmp_path: Path) -> None:
    first, second, third = (members(response(body)) for body in BODIES)
    damaged = bytearray(second)
    damaged[len(second) // 2] ^= 1
    found = read(tmp_path, first + damaged + third)
    assert bodies(found) == [BODIES[0], BODIES[2]]
    assert [fault.place for fault in faults(found)] == [Place(len(first))]


def test_damage_in_one_member_for_all_leaves_those_before_it(tmp_path: Path) -> None:
    """zlib keeps back what it inflated in the call that meets damage: the records in it must not be lost."""
    whole = bytearray(one_member(*(response(body, WARC_Block_Digest=sha1(HEAD + body)) for body in BODIES)))
    whole[-1_000] ^= 1
    found = read(tmp_path, bytes(whole))
    assert bodies(found) == BODIES[:2]
    assert len(faults(found)) == 1
    assert faults(found)[0].place.inside > 6_000


@pytest.mark.parametrize("from_end", [1, 5, 9, 10])
def test_damage_at_the_end_of_small_records_leaves_those_before(from_end: int, tmp_path: Path) -> None:
    """All of them are inflated in one call, and the damage may come after the last byte of the last one."""
    pages = [b"<p>%d</p>" % number * 500 for number in range(3)]
    whole = bytearray(one_member(*(response(page) for page in pages)))
    whole[-from_end] ^= 0xFF
    found = read(tmp_path, bytes(whole))
    assert bodies(found) == pages[:2]
    assert len(faults(found)) == 1


@layouts
@pytest.mark.parametrize("digest", [sha1, sha256])
@pytest.mark.parametrize("name", ["WARC_Block_Digest", "WARC_Payload_Digest"])
def test_digests_are_checked(
    layout: Layout, digest: Callable[[bytes], str], name: str, tmp_path: Path
) -> None:
    held = HEAD + b"body" if name == "WARC_Block_Digest" else b"body"
    good, bad = response(b"body", **{name: digest(held)}), response(b"body", **{name: digest(b"other")})
    found = read(tmp_path, layout(good, bad, good))
    assert [type(each) for each in found] == [ForeignRecord, Fault, ForeignRecord]
    assert "digest does not fit" in faults(found)[0].reason


@pytest.mark.parametrize(
    "claimed",
    [sha1(b"3\r\nabc\r\n0\r\n\r\n"), sha1(b"abc"), sha1(b"abc").lower(), "crc32:00", "nonsense", ""],
    ids=["as framed", "without the framing", "lower case", "unknown", "no digest", "none"],
)
def test_what_cannot_be_disproved_is_whole(claimed: str, tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    assert not faults(read(tmp_path, record("response", block, WARC_Payload_Digest=claimed)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>no archive</html>", "damaged"),
        (response(b"abc", Content_Length="9000"), "bytes are missing"),
        (response(b"abc", Content_Length=str(len(HEAD) + 1)), "does not end behind"),
        (response(b"abc", Content_Length=str(len(HEAD) + 8)) + response(b"x"), "does not end behind"),
        (response(b"abc", Content_Length="-3"), "no readable Content-Length"),
        (response(b"abc", Content_Length=""), "no readable Content-Length"),
        (response(b"abc", Content_Length="9" * 5_000), "no readable Content-Length"),
        (response(b"abc", X_Long="a" * (1 << 20)), "head is longer"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "inside the record's head"),
        (response(b"abc") + b"garbage", "does not end behind"),
    ],
)
def test_what_is_no_record_is_told(data: bytes, reason: str, tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path, data))
    assert reason in fault.reason


def test_a_record_too_large_for_memory_is_told_and_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "BLOCK_BYTES_MAX", 1_000)
    found = read(tmp_path, members(response(b"a" * 2_000), response(b"b")))
    assert (bodies(found), "longer than" in faults(found)[0].reason) == ([b"b"], True)


def test_folded_headers_and_more_blank_lines(tmp_path: Path) -> None:
    data = response(b"abc", X_Folded="a\r\n b").replace(b"WARC/1.0", b"\r\nWARC/1.0") + b"\r\n\r\n"
    (found,) = read(tmp_path, data)
    assert isinstance(found, ForeignRecord)
    assert found.headers["x-folded"] == "a b"


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, b"") == [Fault(Place(0), "the file is empty")]


def test_a_record_without_a_type_is_told_and_passed(tmp_path: Path) -> None:
    found = read(tmp_path, plain(response(b"a", WARC_Type=""), response(b"b")))
    assert (bodies(found), [fault.reason for fault in faults(found)]) == (
        [b"b"],
        ["the record has no WARC-Type"],
    )
