"""What is read and loaded together: many small payloads, or few large ones, each once and in order."""

import pytest

from flows import loading
from flows.loading import batches
from warehouse.pending import Pending


def payload(number: int, length_bytes: int) -> Pending:
    return Pending(f"sha256:{number}", "a.warc.gz", number, "http://yunxi.example/", None, length_bytes, None)


@pytest.mark.parametrize(
    ("lengths", "together"),
    [
        ([], []),
        ([1], [1]),
        ([1, 1, 1, 1, 1], [3, 2]),
        ([6, 6, 6], [1, 1, 1]),
        ([100, 1, 1], [1, 2]),
        ([1, 100, 1], [1, 1, 1]),
        ([5, 5, 5, 5], [2, 2]),
    ],
)
def test_batches(monkeypatch: pytest.MonkeyPatch, lengths: list[int], together: list[int]) -> None:
    monkeypatch.setattr(loading, "BATCH_PAGES_MAX", 3)
    monkeypatch.setattr(loading, "BATCH_BYTES_MAX", 10)
    waiting = [payload(number, length) for number, length in enumerate(lengths)]
    made = list(batches(waiting))
    assert [len(batch) for batch in made] == together
    assert [each for batch in made for each in batch] == waiting
