"""A folder with what is hard to show again: GB18030, a redirect, a payload that another site holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from archive.exchange import Exchange
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from flows.knowledge import knowledge
from flows.layout import Layout
from flows.loading import load
from scrapers.answer import judged
from scrapers.capture import Entry, RunReport, row
from scrapers.record import Recorder
from scrapers.site import Site

BEGAN = datetime(2026, 1, 5, 3, 17, tzinfo=UTC)
ARTICLE = (
    '<html><head><meta charset="{charset}"><title>{title}</title></head><body><h1>{title}</h1>'
    "<div>发布时间：2026-01-02 来源：{office}</div><div id='zoom'><p>{text}</p></div></body></html>"
)
COOKIE = "session=geheim"


@dataclass(frozen=True)
class Page:
    """A page of a made site: path, the column that lists it, its bytes, and the path it was moved from."""

    path: str
    column: str
    body: bytes
    charset: str = "utf-8"
    moved_from: str | None = None


def article(title: str, text: str, office: str, charset: str = "utf-8") -> bytes:
    return ARTICLE.format(title=title, text=text * 6, office=office, charset=charset).encode(charset)


GB = article(
    "清河街道2025年工作总结", "规上工业总产值328.1亿元，同比增长5.6%，其中㐀村一家。", "清河街道", "gb18030"
)
UTF8 = article("清河街道2025年工作计划", "固定资产投资力争完成52.4亿元。", "清河街道")
MOVED = article("清河街道2025年统计公报", "社会消费品零售总额106.7亿元。", "清河街道")
QINGHE = [
    Page("/gb.html", "总结", GB, "gb18030"),
    Page("/plan.html", "规划", UTF8),
    Page("/bulletin.html", "总结", MOVED, moved_from="/old.html"),
]
# the second site publishes a document of the first one, byte by byte
SHIQIAO = [Page("/copy.html", "转载", UTF8)]


def site(key: str, name: str, pages: list[Page]) -> Site:
    columns = sorted({page.column for page in pages})
    return Site.model_validate(
        {
            "key": key,
            "name": name,
            "region": "990101",
            "base_url": f"http://{key}.example",
            "hosts": [f"{key}.example"],
            "platform": "links",
            "columns": [{"name": column, "url": f"/{number}/"} for number, column in enumerate(columns)],
        }
    )


def crawl(layout: Layout, crawled: Site, pages: list[Page], night: int) -> None:
    """Write what a crawl of a night would have left, and load it."""
    began = BEGAN + timedelta(days=night)
    run_id = f"{began:%Y%m%dT%H%M%S}000Z-{crawled.key}-{night:04x}"
    seconds = count(1)
    with (
        knowledge(layout, [crawled.key]) as known,
        ArchiveWriter(layout.archive, run_id, known.originals) as archive,
        RunWriter(layout.runs, run_id) as run,
    ):
        recorder = Recorder(crawled.key, archive, run)
        run.add("sites", {"run_id": run_id, **crawled.model_dump(mode="json")})
        for page in pages:
            asked = crawled.base_url + (page.moved_from or page.path)
            entry = Entry(
                *(run_id, crawled.key, page.column, asked, asked),
                *(page.path, date(2026, 1, 2), crawled.base_url, {}),
            )
            run.add("entries", row(entry))
            answers = [answer(crawled, page, began + timedelta(seconds=next(seconds)))]
            if page.moved_from:
                answers.insert(0, redirect(crawled, page, began + timedelta(seconds=next(seconds))))
            judgement = judged(
                asked, answers, failure=None, conditional=False, deferred=False, limit_bytes=1 << 20
            )
            recorder.capture(judgement, "document", known.earlier(crawled.key).known.get(asked))
        ended = began + timedelta(minutes=1)
        report = RunReport(
            *(run_id, crawled.key, began, ended, True, len(pages), len(pages)), recorder.counts
        )
        run.add("runs", row(report))
    load(layout, lambda _: None)


def answer(crawled: Site, page: Page, at: datetime) -> Exchange:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={page.charset}\r\n"
    head += f"Content-Length: {len(page.body)}\r\n\r\n"
    url = crawled.base_url + page.path
    return Exchange(url, at, request(crawled, page.path), 200, head.encode(), page.body, "192.0.2.7")


def redirect(crawled: Site, page: Page, at: datetime) -> Exchange:
    head = f"HTTP/1.1 301 Moved\r\nLocation: {page.path}\r\nContent-Length: 0\r\n\r\n".encode()
    old = page.moved_from or ""
    return Exchange(crawled.base_url + old, at, request(crawled, old), 301, head, b"", "192.0.2.7")


def request(crawled: Site, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {crawled.hosts[0]}\r\nCookie: {COOKIE}\r\n\r\n".encode()


def write_pages(layout: Layout) -> None:
    """Fill the folder: a night of each site, and another of the first, where nothing has changed."""
    crawl(layout, site("qinghe", "清河区人民政府", QINGHE), QINGHE, 0)
    crawl(layout, site("shiqiao", "石桥区人民政府", SHIQIAO), SHIQIAO, 1)
    crawl(layout, site("qinghe", "清河区人民政府", QINGHE), QINGHE, 2)
