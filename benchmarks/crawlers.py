"""One crawler over one site, in a process of its own: `crawl_peers.py` starts it and reads its answer.

    PYTHON benchmarks/crawlers.py CRAWLER ADDRESS FOLDER

CRAWLER is one of `CRAWLERS`. Prints {"pages": …, "cpu_s": …, "peak_mb": …}: user and system time of the whole
process with its children, and its highest resident memory.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

START = "/zj/list-0-0.html"


def gongkai_crawl(address: str, folder: Path) -> int:
    """Crawl as we do: every exchange flushed into the archive, run files; nothing is read yet."""
    from archive.runs import RunWriter
    from archive.writer import ArchiveWriter
    from scrapers.crawl import crawl
    from scrapers.site import Column, Expect, Politeness, Site

    site = Site(
        key="qinghe",
        name="清河区人民政府",
        region="990101",
        base_url=address,
        hosts=(address.removeprefix("http://"),),
        platform="links",
        columns=(Column(name="工作总结", url=START),),
        politeness=Politeness(delay_s=0),
        expect=Expect(entries_min=1),
    )
    run_id = "20240807T031625000Z-qinghe-0a1b"
    with (
        RunWriter(folder / "runs", run_id) as run,
        ArchiveWriter(folder / "archive", run_id, lambda _: None) as archive,
    ):
        report = asyncio.run(crawl(site, archive=archive, run=run))
    return report.counts["ok"]


def gongkai_text(address: str, folder: Path) -> int:
    """Crawl, and take title, date, source and main text out of each archived page."""
    from archive.reader import read_payload
    from archive.runs import read_rows
    from extract.document import read_document

    pages = gongkai_crawl(address, folder)
    (run,) = (folder / "runs").iterdir()
    for row in read_rows(run, "captures"):
        if row["purpose"] == "document" and row["outcome"] == "ok":
            payload = read_payload(folder / "archive", row["warc"], row["offset"])
            read_document(payload.body, url=row["url"], content_type=row["content_type"])
    return pages


def scrapy_parse(address: str, folder: Path) -> int:
    """Fetch and parse: follow the list, take title and text of each page."""
    return _scrapy(address, folder, keep=False)


def scrapy_text(address: str, folder: Path) -> int:
    """Fetch, write a WARC, take title and text of each page."""
    return _scrapy(address, folder, keep=True)


def _scrapy(address: str, folder: Path, *, keep: bool) -> int:
    import scrapy
    from scrapy.crawler import CrawlerProcess

    warc = _Warc(folder / "scrapy.warc.gz") if keep else None
    pages = 0

    class Reports(scrapy.Spider):
        name = "reports"
        start_urls = [address + START]  # noqa: RUF012 - as Scrapy wants it

        def parse(self, response):  # noqa: ANN001, ANN202 - Scrapy's types
            if warc:
                warc.write(response)
            yield from response.follow_all(css="ul.list a", callback=self.document)
            yield from response.follow_all(css="a.next", callback=self.parse)

        def document(self, response):  # noqa: ANN001, ANN202
            nonlocal pages
            pages += 1
            if warc:
                warc.write(response)
            text = "".join(response.css("#zoom ::text").getall())
            yield {"title": response.css("title::text").get(), "text": text}

    process = CrawlerProcess(
        {"ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0}
    )
    process.crawl(Reports)
    process.start()
    return pages


class _Warc:
    """Response records by FastWARC, a gzip member each, with digests and without any flush."""

    def __init__(self, path: Path) -> None:
        from fastwarc.stream_io import GzipWriter

        self._file = path.open("wb")
        self._writer = GzipWriter(self._file)

    def write(self, response) -> None:  # noqa: ANN001 - Scrapy's type
        """Write the head and body of a response."""
        from fastwarc.warc import WarcRecord, WarcRecordType

        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = response.url
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 {response.status} OK\r\n".encode() + response.headers.to_string() + b"\r\n\r\n"
        record.set_bytes_content(head + response.body)
        record.write(self._writer, checksum_data=True)


CRAWLERS: dict[str, Callable[[str, Path], int]] = {
    "scrapy-parse": scrapy_parse,
    "scrapy-text": scrapy_text,
    "gongkai-crawl": gongkai_crawl,
    "gongkai-text": gongkai_text,
}


def main() -> None:
    """Run one crawler and print what it used."""
    name, address, folder = sys.argv[1:]
    pages = CRAWLERS[name](address, Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = used.ru_utime + used.ru_stime
    sys.stdout.write(json.dumps({"pages": pages, "cpu_s": cpu_s, "peak_mb": used.ru_maxrss / 1024}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
