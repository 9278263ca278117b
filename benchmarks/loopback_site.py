"""A well-behaved site of made-up reports on loopback, for the benchmarks of crawling: a process of its own.

    PYTHON benchmarks/loopback_site.py DOCUMENTS

prints its address, then serves `DOCUMENTS` reports of some 30 kB (like a real page: most of it menus) and
list pages of 100 reports each, in columns of 4,000, until its standard input ends. It keeps connections where
it is asked to, answers conditional requests with 304, and tells at /count how often what was asked for.
"""

import asyncio
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.request import urlopen

PER_LIST, PER_COLUMN = 100, 4_000
OFFICES = re.findall("..", "住房城管教育卫生财政审计民政统计司法水务商务信访人社文旅应急")
WORDS = re.findall("..", "工业农业社区项目服务民生教育医疗治理改造公园企业投资消费")
LIST = re.compile(r"/zj/list-(\d{1,3})-(\d{1,3})\.html")
DOCUMENT = re.compile(r"/zj/(\d{1,6})\.html")
MENU = "".join(
    f'<li class="nav-item"><a href="/menu/{n}/index.html" target="_blank">{one}{other}工作</a></li>'
    for n, (one, other) in enumerate(product(OFFICES, OFFICES))
)
HEAD = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    f"<div class='menu'><ul>{MENU}</ul></div>"
)
FOOT = "<div class='footer'>主办：清河区人民政府 备案号：虚构00000001号</div></body></html>"
REPORT = (
    "<div class='article'><h1>{title}</h1><div class='info'>发布时间：{day} 来源：清河街道办事处</div>"
    "<div id='zoom'>{paragraphs}</div></div>"
)


def report(number: int) -> str:
    """Return the page of a report of about 1,500 characters with some twenty figures."""
    chance = random.Random(number)  # noqa: S311 - text to read, no secret
    paragraphs = []
    for part in range(10):
        words = "、".join(chance.sample(WORDS, 6))
        text = (
            f"一是抓好{words}等重点工作，全年实现规上工业总产值{chance.uniform(10, 900):.1f}亿元，"
            f"同比增长{chance.uniform(1, 12):.1f}%；新建项目{chance.randrange(2, 90)}个。"
            f"街道坚持稳中求进的工作总基调，统筹推进{words}各项工作，圆满完成第{part + 1}项年度目标任务。"
        )
        paragraphs.append(f"<p>{text}</p>")
    title = f"清河街道第{number}号工作总结"
    text = REPORT.format(title=title, day=day_of(number), paragraphs="".join(paragraphs))
    return HEAD.format(title=title) + text + FOOT


def day_of(number: int) -> str:
    """Return the day on which a report was published."""
    return f"{2015 + number % 10}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def columns(documents: int) -> list[str]:
    """Return the paths of the first list page of each column."""
    return [f"/zj/list-{column}-0.html" for column in range(-(-documents // PER_COLUMN))]


def listing(column: int, page: int, documents: int) -> str:
    """Return a list page, counted from 0, with the link to the next one."""
    start, end = column * PER_COLUMN, min((column + 1) * PER_COLUMN, documents)
    numbers = range(start + page * PER_LIST, min(start + (page + 1) * PER_LIST, end))
    rows = "".join(
        f'<li><a href="/zj/{n}.html">清河街道第{n}号工作总结</a><span>{day_of(n)}</span></li>'
        for n in numbers
    )
    following = f'<a class="next" href="/zj/list-{column}-{page + 1}.html">下一页</a>'
    return (
        f"{HEAD.format(title='工作总结')}<ul class='list'>{rows}</ul>{following * (numbers.stop < end)}{FOOT}"
    )


def page_of(path: str, documents: int) -> str | None:
    """Return the page at `path`, None where there is none."""
    if found := LIST.fullmatch(path):
        return listing(int(found[1]), int(found[2]), documents)
    found = DOCUMENT.fullmatch(path)
    return report(int(found[1])) if found and int(found[1]) < documents else None


def kind_of(path: str) -> str:
    """Return what a path is asked for: list, document or other."""
    return "list" if LIST.fullmatch(path) else "document" if DOCUMENT.fullmatch(path) else "other"


class Site:
    """Answers requests and counts them: documents, lists, others, and how many came conditionally."""

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._pages: dict[str, bytes | None] = {}
        self._counts: Counter[str] = Counter()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until the client has had enough."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(head))
                await writer.drain()
                if "\r\nconnection: close" in head.lower():
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path == "/count":
            return _response("200 OK", json.dumps(self._counts).encode())
        if path not in self._pages:
            text = page_of(path, self._documents)
            self._pages[path] = text.encode() if text is not None else None
        body = self._pages[path]
        self._counts[kind_of(path)] += 1
        if body is None:
            return _response("404 Not Found", b"")
        if "\r\nif-none-match:" in head.lower():
            self._counts["conditional"] += 1
            return _response("304 Not Modified", b"")
        return _response("200 OK", body)


def _response(status: str, body: bytes) -> bytes:
    head = f'HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: "1"\r\n'
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(documents: int) -> None:
    """Serve until standard input ends."""
    server = await asyncio.start_server(Site(documents).handle, "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextmanager
def running(documents: int) -> Iterator[str]:
    """Run the site in a process of its own and give its address."""
    command = [sys.executable, str(Path(__file__)), str(documents)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603 - ourselves
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            if process.stdin:
                process.stdin.close()


def counted(address: str) -> Counter[str]:
    """Return how often what was asked for so far."""
    with urlopen(f"{address}/count") as answer:  # noqa: S310 - loopback
        return Counter(json.load(answer))


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
