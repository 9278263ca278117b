"""A corpus of made-up reports, written as a crawl would have left it: WARC files and run files.

Every office publishes five documents a year for ten years: reports of a quarter, a half-year, three quarters
and the year, and a plan. Each has ten figures, which move from year to year. Offices and places are invented.
Nothing is fetched.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from archive.durable import AppendFile
from archive.exchange import Exchange
from archive.run_id import new_run_id
from archive.runs import RunWriter
from archive.writer import ArchiveWriter
from extract.digest import payload_digest
from scrapers.capture import Capture, Entry, RunReport, row
from scrapers.site import Site

YEARS = range(2015, 2025)
KINDS = ("第一季度工作总结", "上半年工作总结", "前三季度工作总结", "工作总结", "工作计划")
PER_OFFICE = len(YEARS) * len(KINDS)
OFFICES_A_SITE = 50
PLACES = [one + other for one, other in product("松枫榆槐桐梓柏樟楠杉", "石溪泉岭湾桥坪塘洲浦")]
INDICATORS = (
    ("规上工业总产值", "亿元", 20, 900),
    ("固定资产投资", "亿元", 5, 300),
    ("社会消费品零售总额", "亿元", 5, 400),
    ("一般公共预算收入", "亿元", 1, 90),
    ("常住人口", "万人", 3, 60),
)
SAYINGS = (
    "坚持稳中求进工作总基调，统筹推进各项重点任务",
    "扎实办好民生实事，持续优化营商环境",
    "压实安全生产责任，守牢不发生重大事故的底线",
    "完善基层治理体系，提升服务群众的能力",
)
MENU = "".join(f'<li><a href="/menu/{n}.html">{place}专题</a></li>' for n, place in enumerate(PLACES[:60]))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
PAGE = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body><ul class='menu'>{menu}</ul>"
    "<div class='article'><h1>{title}</h1><div class='info'>发布时间：{day} 来源：{office}</div>"
    "<div id='zoom'>{paragraphs}</div></div><div class='footer'>备案号：虚构00000001号</div></body></html>"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A made document: its public address, title, date of publication and page."""

    url: str
    title: str
    published: date
    page: bytes


def office_of(number: int) -> str:
    """Return the name of an office; 10,000 differ."""
    return f"{PLACES[number // 100 % 100]}区{PLACES[number % 100]}街道办事处"


def document(number: int, characters: int = 0) -> Document:
    """Return the document of a number, which has `characters` at least: the fifty of an office follow one
    another.
    """
    office, (year, kind) = number // PER_OFFICE, _when(number % PER_OFFICE)
    name = office_of(office)
    title = f"{name.removesuffix('办事处')}{year}年{KINDS[kind]}"
    share = min(kind + 1, 4) / 4
    opening = f"{year}年是{name}各项工作取得新进展的一年。"
    parts = [opening]
    for place, (indicator, unit, low, high) in enumerate(INDICATORS):
        value, growth = _level(office, place, year, low, high)
        told = "力争" if kind == 4 else "实现"
        saying = SAYINGS[(office + place + year) % len(SAYINGS)]
        amount = value if unit == "万人" else value * share
        parts.append(f"{saying}，{told}{indicator}{amount:.1f}{unit}，同比增长{growth:.1f}%。")
    parts += _filling(number, characters - sum(map(len, parts)))
    paragraphs = "".join(f"<p>{part}</p>" for part in parts)
    published = date(year + kind // 3, (4, 7, 10, 1, 1)[kind], 5 + number % 20)
    page = PAGE.format(title=title, menu=MENU, day=published, office=name, paragraphs=paragraphs)
    return Document(f"{_site(office).base_url}/gk/{number}.html", title, published, page.encode())


def _filling(number: int, characters: int) -> Iterator[str]:
    """Yield a document's own paragraphs without figures, which have `characters` together at least."""
    chance = random.Random(number)  # noqa: S311 - text to read, no secret
    while characters > 0:
        told = (
            "，".join(f"{chance.choice(PLACES)}社区{saying}" for saying in chance.sample(SAYINGS, k=3)) + "。"
        )
        characters -= len(told)
        yield told


def _when(place: int) -> tuple[int, int]:
    return YEARS[place // len(KINDS)], place % len(KINDS)


def _level(office: int, place: int, year: int, low: float, high: float) -> tuple[float, float]:
    """Return a level of a year and how it grew since the year before, in %."""
    chance = random.Random(office * 10 + place)  # noqa: S311 - text to read, no secret
    value, growth = chance.uniform(low, high), 0.0
    for _ in range(YEARS[0], year + 1):
        growth = chance.uniform(-4, 12)
        value *= 1 + growth / 100
    return value, growth


def _site(office: int) -> Site:
    """Return the site that an office publishes on."""
    number = office // OFFICES_A_SITE
    return Site.model_validate(
        {
            "key": f"made{number:04}",
            "name": f"{PLACES[number % 100]}区人民政府",
            "region": "990101",
            "base_url": f"http://made{number:04}.example",
            "hosts": [f"made{number:04}.example"],
            "platform": "links",
            "columns": [{"name": "总结", "url": "/gk/index.html"}],
            "expect": {"entries_min": 1},
        }
    )


def write_corpus(data: Path, documents: int, characters: int = 0) -> None:
    """Write archive and run files of a crawl of `documents` documents into `data`, one run a site.

    Each document has `characters` of text at least; 260 are its figures.
    """
    AppendFile.sync = lambda _: None  # type: ignore[method-assign] # made data need not outlive a power cut
    per_site = OFFICES_A_SITE * PER_OFFICE
    for number, start in enumerate(range(0, documents, per_site)):
        began = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
        _write_run(data, began, range(start, min(start + per_site, documents)), characters)


def _write_run(data: Path, began: datetime, numbers: range, characters: int) -> None:
    site = _site(numbers[0] // PER_OFFICE)
    run_id = new_run_id(site.key, began)
    archive = ArchiveWriter(data / "archive", run_id, lambda _: None)
    with archive, RunWriter(data / "runs", run_id) as run:
        run.add("sites", {"run_id": run_id, **site.model_dump(mode="json")})
        for entry, capture in _rows(
            run_id, site, began, archive, (document(number, characters) for number in numbers)
        ):
            run.add("entries", row(entry))
            run.add("captures", row(capture))
        report = RunReport(
            run_id, site.key, began, began, True, len(numbers), len(numbers), {"ok": len(numbers)}
        )
        run.add("runs", row(report))


def _rows(
    run_id: str, site: Site, began: datetime, archive: ArchiveWriter, documents: Iterable[Document]
) -> Iterator[tuple[Entry, Capture]]:
    for made in documents:
        request = f"GET {made.url} HTTP/1.1\r\n\r\n".encode()
        stored = archive.write(Exchange(made.url, began, request, 200, HEAD, made.page))
        digest = payload_digest(made.page)
        yield (
            Entry(run_id, site.key, "总结", made.url, made.url, made.title, made.published, "", {}),
            Capture(
                run_id, site.key, made.url, made.url, began, "ok", 200, "text/html", None, None, digest,
                digest, len(made.page), stored.warc, stored.offset, False, "document",
            ),
        )  # fmt: skip
