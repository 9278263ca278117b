"""kill -9 at any moment of a run (FAULTS 84, 88, 91): nothing recorded is lost, and nothing half is seen."""

import random
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from archive.fixity import check
from archive.lock import held
from archive.names import OPEN
from archive.reader import read_payload, read_record
from archive.runs import read_rows
from extract.digest import payload_digest
from flows.layout import Layout
from flows.loading import latest
from flows.questions import ask
from flows.verification import verify_all
from tests.flows.crashes import one_run
from tests.flows.crashes.hostile_site import HostileSite, hostile_site
from tests.flows.crashes.seen import seen
from warehouse.index_files import damage
from warehouse.text_index import SUFFIX

NIGHTS = 3
LAST = NIGHTS - 1  # a report is taken down then, which a second run confirms
KILLS = 9  # in each night by time, and as many by file


@dataclass
class Crashes:
    """A site, and runs of it in processes of their own that die by chance."""

    server: HostileSite
    chance: random.Random = field(default_factory=lambda: random.Random(84))
    context: Any = field(default_factory=lambda: get_context("forkserver"))

    def run(self, layout: Layout, *, after_s: float | None = None, at_file: int | None = None) -> int | None:
        """Run the site; return how often it opened or changed a file, None where it was killed.

        It is killed after `after_s` seconds, or kills itself before it touches a file for the time `at_file`.
        """
        ours, theirs = self.context.Pipe(duplex=False)
        arguments = (layout.data, self.server.site, at_file, theirs)
        child = self.context.Process(target=one_run.run, args=arguments)
        child.start()
        theirs.close()
        child.join(after_s)
        child.kill()
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL)
        return ours.recv() if child.exitcode == 0 else None

    def moments(self, most: float) -> Iterator[float]:
        """Yield moments from 0 to `most`: random, and spread over the whole length."""
        for number in range(KILLS):
            yield (number + self.chance.random()) / KILLS * most


@pytest.fixture
def crashes() -> Iterator[Crashes]:
    with hostile_site(attached=True) as server:
        made = Crashes(server)
        made.context.set_forkserver_preload([one_run.__name__])
        yield made


def assert_every_row_has_its_record(layout: Layout, run_folders: Sequence[Path]) -> None:
    for row in (row for folder in run_folders for row in read_rows(folder, "captures") if row["warc"]):
        assert read_record(layout.archive, row["warc"], row["offset"])
        if row["status"] != 304:
            payload = read_payload(layout.archive, row["warc"], row["offset"])
            assert payload_digest(payload.wire) == row["wire_digest"]


def assert_nothing_half_is_seen(layout: Layout) -> None:
    damaged = check(layout.archive) if layout.archive.exists() else ()
    assert [found for found in damaged if not found.warc.endswith(OPEN)] == []
    if (copy := latest(layout)) is not None:
        ask(copy, "select count(*) from mart.metrics")


def kill_at(crashes: Crashes, layout: Layout, **moment: float) -> bool:
    """Run until killed, and look at what is left; tell whether it was killed."""
    ended = crashes.run(layout, **moment)
    with held(layout.lock):  # the kernel has freed it
        assert_every_row_has_its_record(layout, layout.run_folders()[-1:])
        assert_nothing_half_is_seen(layout)
    return ended is None


def test_84_88_91_a_run_killed_at_any_moment_loses_nothing_and_the_next_one_ends_alike(
    crashes: Crashes, tmp_path: Path
) -> None:
    calm, disturbed = Layout(tmp_path / "calm"), Layout(tmp_path / "disturbed")
    kills = 0
    for night in range(NIGHTS):
        crashes.server.night = night
        started_s = time.monotonic()
        files = crashes.run(calm)
        length_s = time.monotonic() - started_s
        assert files
        killed = sum(kill_at(crashes, disturbed, at_file=int(each) + 1) for each in crashes.moments(files))
        killed += sum(kill_at(crashes, disturbed, after_s=each) for each in crashes.moments(length_s))
        while killed < 2 * KILLS:  # some ended before their moment came
            killed += kill_at(crashes, disturbed, at_file=crashes.chance.randrange(1, files // 2))
        kills += killed
        assert crashes.run(disturbed)
    assert kills >= 50
    for path in disturbed.published.iterdir():
        if path.suffix == SUFFIX:
            assert damage(path) is None
        elif path.name not in ("current", "found.json"):
            assert ask(path, "select count(*) from mart.metrics").rows
    for layout in (calm, disturbed):
        assert crashes.run(layout)
        assert verify_all(layout, lambda _: None).problems == ()
        assert not {path.suffix for path in layout.data.rglob("*")} & {".open", ".tmp", ".copying", ".wal"}
    assert_every_row_has_its_record(disturbed, disturbed.run_folders())
    assert seen(disturbed) == seen(calm)
