"""The demo's own data folder: made anew for each demo, never taken from anything else."""

import shutil

from archive.run_id import site_of
from extract.errors import GongkaiError
from flows.demo.documents import DEMO_SEEDS
from flows.layout import Layout

MARK = "DEMO"


class NotADemoError(GongkaiError):
    """The data folder holds something that a demo would destroy."""


def make_fresh(layout: Layout) -> None:
    """Make the data folder of a demo, in place of an earlier demo's.

    Raises NotADemoError, with nothing touched, for a folder that holds anything else: other files,
    or a demo into which more was crawled or ingested.
    """
    if layout.data.exists() and any(layout.data.iterdir()):
        keys = {path.stem for path in (DEMO_SEEDS / "sites").glob("*.toml")}
        foreign = {site_of(folder.name) for folder in layout.run_folders()} - keys
        if foreign or not (layout.data / MARK).is_file():
            raise NotADemoError(f"{layout.data}: holds more than a demo; name another folder with --data")
        shutil.rmtree(layout.data)
    layout.data.mkdir(parents=True, exist_ok=True)
    (layout.data / MARK).touch()
