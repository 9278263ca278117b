"""Where everything is kept: the one place that knows the shape of the data folder."""

from dataclasses import dataclass
from pathlib import Path

from archive.run_id import is_run_id

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
DEFAULT_DATA = Path("data")
DEFAULT_SITES = SEEDS / "sites"


@dataclass(frozen=True, slots=True)
class Layout:
    """The data folder: archive and run files are the record, the warehouse follows from them."""

    data: Path

    @property
    def archive(self) -> Path:
        """WARC files and their manifest."""
        return self.data / "archive"

    @property
    def runs(self) -> Path:
        """A folder of JSON lines for each run."""
        return self.data / "runs"

    @property
    def warehouse(self) -> Path:
        """The folder of the writer's database."""
        return self.data / "warehouse"

    @property
    def scratch(self) -> Path:
        """The files that a load or a crawl needs only while it runs."""
        return self.warehouse / "scratch"

    @property
    def published(self) -> Path:
        """The copies that readers open."""
        return self.data / "published"

    @property
    def found(self) -> Path:
        """The file that tells what the data checks found in the current copy."""
        return self.published / "found.json"

    @property
    def prefect(self) -> Path:
        """Prefect's own database and settings."""
        return self.data / "prefect"

    @property
    def prefect_address(self) -> Path:
        """The file that tells which Prefect API `gongkai schedule` uses while it serves."""
        return self.prefect / "address"

    @property
    def hosts(self) -> Path:
        """A file for each host: when it was asked last, over all sites and processes."""
        return self.data / "hosts"

    @property
    def lock(self) -> Path:
        """The file whose flock a run holds."""
        return self.data / "lock"

    @property
    def schedule_lock(self) -> Path:
        """The file whose flock `gongkai schedule` holds while it serves."""
        return self.data / "schedule.lock"

    def run_ids(self) -> list[str]:
        """Return the names of all runs, oldest first."""
        return [folder.name for folder in self.run_folders()]

    def run_folders(self) -> list[Path]:
        """Return the folders of all runs, oldest first (a run's name begins with its time)."""
        return sorted(path for path in self.runs.glob("*") if is_run_id(path.name))
