"""A schedule runs for years: its logs have an end."""

from pathlib import Path

from flows.prefect_logs import LARGEST_BYTES, open_log


def write(path: Path, content: bytes) -> None:
    with open_log(path) as log:
        log.write(content)


def test_a_log_is_added_to_until_it_is_large_and_one_old_one_is_kept(tmp_path: Path) -> None:
    log, old = tmp_path / "runs.log", tmp_path / "runs.log.1"
    write(log, b"first\n")
    write(log, b"second\n")
    assert log.read_bytes() == b"first\nsecond\n"
    for content in (b"a", b"b"):
        log.write_bytes(content * (LARGEST_BYTES + 1))
        write(log, b"anew\n")
        assert log.read_bytes() == b"anew\n"
        assert old.read_bytes()[:1] == content
    assert sorted(tmp_path.iterdir()) == [log, old]
