"""Content-encodings: undone exactly, bounded by the cap, never a cut or mislabelled stream as text."""

import gzip
import zlib
from dataclasses import dataclass

import pytest

from archive.errors import PayloadDamagedError, PayloadTooLargeError, UnknownCodingError
from archive.payload import decoded

TEXT = "公开".encode() * 50_000
LIMIT = 1 << 20


def raw_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(data) + deflater.flush()


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        (None, TEXT),
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        (" X-GZip ", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:7]) + gzip.compress(b"") + gzip.compress(TEXT[7:])),
        ("gzip", gzip.compress(TEXT) + bytes(512)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip,identity,gzip", gzip.compress(gzip.compress(TEXT))),
    ],
)
def test_content_comes_back(coding: str | None, wire: bytes) -> None:
    assert decoded(wire, coding, limit=LIMIT) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, deflate"])
def test_empty_body_under_any_coding(coding: str) -> None:
    assert decoded(b"", coding, limit=LIMIT) == b""


@pytest.mark.parametrize(
    ("coding", "wire"),
    [("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT)), ("deflate", raw_deflate(TEXT))],
)
def test_stream_cut_anywhere_is_damaged(coding: str, wire: bytes) -> None:
    """FAULTS 23: also a cut in the last checksum."""
    for cut in [*range(1, 40), *range(len(wire) - 20, len(wire))]:
        with pytest.raises(PayloadDamagedError, match=r"is cut after|is damaged near"):
            decoded(wire[:cut], coding, limit=LIMIT)


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", b"<html>plain</html>"),
        ("deflate", b"<html>plain</html>"),
        ("gzip", zlib.compress(TEXT)),
        ("gzip", gzip.compress(TEXT) + b"<!-- more -->"),
        ("gzip", gzip.compress(TEXT) + gzip.compress(TEXT)[:20]),
        ("deflate", zlib.compress(TEXT) + b"x"),
        ("gzip, gzip", gzip.compress(TEXT)),
    ],
)
def test_mislabelled_stream_is_damaged(coding: str, wire: bytes) -> None:
    """FAULTS 22."""
    with pytest.raises(PayloadDamagedError):
        decoded(wire, coding, limit=LIMIT)


def test_flipped_byte_is_damaged() -> None:
    wire = bytearray(gzip.compress(TEXT, mtime=0))
    wire[len(wire) // 2] ^= 1
    with pytest.raises(PayloadDamagedError, match="gzip stream is damaged near byte"):
        decoded(bytes(wire), "gzip", limit=LIMIT)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br", "none", "gzip;q=1"])
def test_unknown_coding(coding: str) -> None:
    with pytest.raises(UnknownCodingError):
        decoded(gzip.compress(TEXT), coding, limit=LIMIT)


def test_more_codings_than_two_are_refused_unread() -> None:
    """FAULTS 21."""
    with pytest.raises(UnknownCodingError, match="more than 2 codings"):
        decoded(b"", ", ".join(["gzip"] * 40), limit=LIMIT)


def test_limit_is_the_last_size_allowed() -> None:
    wire = gzip.compress(TEXT)
    assert len(decoded(wire, "gzip", limit=len(TEXT))) == len(TEXT)
    assert decoded(TEXT, None, limit=len(TEXT)) == TEXT
    for coding, data in (("gzip", wire), (None, TEXT)):
        with pytest.raises(PayloadTooLargeError, match=f"more than {len(TEXT) - 1} bytes"):
            decoded(data, coding, limit=len(TEXT) - 1)


@dataclass
class Meter:
    """Bytes that went into zlib's decompressors and came out of them."""

    taken: int = 0
    given: int = 0


@pytest.fixture
def meter(monkeypatch: pytest.MonkeyPatch) -> Meter:
    meter = Meter()
    inflater_of = zlib.decompressobj

    class Metered:
        def __init__(self, wbits: int) -> None:
            self.inflater = inflater_of(wbits)

        def __getattr__(self, name: str) -> object:
            return getattr(self.inflater, name)

        def decompress(self, data: bytes, max_length: int) -> bytes:
            content = self.inflater.decompress(data, max_length)
            meter.taken += len(data)
            meter.given += len(content)
            return content

    monkeypatch.setattr(zlib, "decompressobj", Metered)
    return meter


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_bomb_gives_no_more_than_the_limit(coding: str, meter: Meter) -> None:
    """FAULTS 20: of 64 MiB no more is ever made than one byte over the limit, in each layer."""
    layers = coding.split(", ")
    bomb = bytes(64 << 20)
    for layer in layers:
        bomb = gzip.compress(bomb) if layer == "gzip" else zlib.compress(bomb)
    with pytest.raises(PayloadTooLargeError):
        decoded(bomb, coding, limit=LIMIT)
    assert meter.given <= len(layers) * (LIMIT + 1)


def test_many_members_cost_in_proportion(meter: Meter) -> None:
    """Twice the members, twice the bytes handed to zlib: nothing is read again from the start."""
    member = gzip.compress(b"x")
    taken = []
    for count in (1000, 2000):
        meter.taken = 0
        assert decoded(member * count, "gzip", limit=LIMIT) == b"x" * count
        taken.append(meter.taken)
    assert taken[1] < 2.3 * taken[0]
