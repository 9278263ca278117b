"""How the old data folders were made: run with the program of the commit that each is named after.

    PYTHONPATH=<checkout of that commit> python make.py FOLDER
    tar -C FOLDER -c crawl-killed load-killed | xz -9e > <commit>.tar.xz

FOLDER gets two data folders of one office of the demo: `load-killed`, whose second run died between a commit
and the checkpoint, and `crawl-killed`, whose third run died in the middle of an append to its WARC.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from archive import durable
from flows import loading, pipeline
from flows.layout import Layout
from scrapers.site import load_sites

try:
    from flows.demo_site import DemoSite

    from flows.pipeline import CrawlOptions
except ImportError:  # later versions
    from flows.demo.site import DemoSite
    from flows.run_results import CrawlOptions

SITE = "weiting"
APPENDS = 5


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_load():
    real = loading.load_readings

    def load_readings(*arguments, **named):
        real(*arguments, **named)
        die()

    loading.load_readings = load_readings


def die_in_crawl():
    real, appends = durable.AppendFile.append, []

    def append(self, data):
        if self.path.name.endswith(".open"):
            appends.append(data)
        if len(appends) == APPENDS:
            os.write(self._descriptor, data[: len(data) // 2])
            die()
        return real(self, data)

    durable.AppendFile.append = append


def crawl(data, files):
    sites = [site for site in load_sites(files) if site.key == SITE]
    pipeline.run_sites(Layout(data), sites, CrawlOptions(), lambda _: None)


def main():
    folder = Path(sys.argv[1])
    data = folder / "crawl-killed"
    with DemoSite(folder / "sites") as site:
        site_files = site.site_files[0].parent
        crawl(data, site_files)
        site.change()
        for how in ("load", "crawl"):
            code = f"import make as m; from pathlib import Path; m.die_in_{how}(); "
            code += f"m.crawl(Path({str(data)!r}), Path({str(site_files)!r}))"
            path = f"{Path(__file__).parent}{os.pathsep}{os.environ['PYTHONPATH']}"
            result = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path})
            assert result.returncode == -signal.SIGKILL
            if how == "load":
                shutil.copytree(data, folder / "load-killed")
    shutil.rmtree(folder / "sites")


if __name__ == "__main__":
    main()
