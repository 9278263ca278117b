"""A site on loopback that misbehaves by the number of the request, and changes from night to night."""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.demo.documents import Block
from flows.demo.word import CONTENT_TYPE, word_file
from scrapers.site import Column, Expect, Politeness, Site
from tests.flows.made_site import answering

HTML = "text/html; charset=utf-8"
SLOW_S = 0.02
# every so many requests: no answer at all, an answer that is cut, one that comes late, one that is zipped
RESET, CUT, LATE, ZIPPED = 11, 13, 5, 2


class HostileSite(ThreadingHTTPServer):
    """Serves a street's reports as they are in the night `night`; what goes wrong passes when asked again."""

    daemon_threads = True

    def __init__(self, *, attached: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.attached = attached
        self.night = 0
        self.requests = 0

    @property
    def site(self) -> Site:
        """The site file's content."""
        host = f"127.0.0.1:{self.server_port}"
        return Site(
            key="qinghe", name="清河区人民政府", region="990101", base_url=f"http://{host}", hosts=(host,),
            platform="links", columns=(Column(name="工作总结", url="/zj/index.html"),),
            politeness=Politeness(delay_s=0), expect=Expect(entries_min=1),
        )  # fmt: skip

    def page(self, path: str) -> tuple[str, bytes] | None:
        """Return type and body at `path` tonight; None for what is not there."""
        if path == "/zj/index.html":
            return HTML, _listing(self._listed())
        if path == "/zj/list.docx":
            return CONTENT_TYPE, word_file([Block(text="2023年，辖区企业1280家。")])
        names = {f"/zj/{number}.html": number for number in self._listed()}
        if path not in names or names[path] == 4:
            return None  # the fourth is listed every night and was never there
        return HTML, _report(names[path], self.night, attached=self.attached)

    def _listed(self) -> list[int]:
        """One report more every night; the second is taken down from the third night on."""
        return [number for number in range(1, 7 + self.night) if number != 2 or self.night < 2]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of the server's."""


def _listing(numbers: list[int]) -> bytes:
    rows = "".join(
        f'<li><a href="/zj/{number}.html">清河街道{2010 + number}年工作总结</a><i>2024-01-20</i></li>'
        for number in numbers
    )
    return f"<html><body><ul>{rows}</ul></body></html>".encode()


def _report(number: int, night: int, *, attached: bool) -> bytes:
    """The first report is corrected in the third night, the third names a file."""
    output = 63.4 + number + (night // 2 if number == 1 else 0)
    file = '<p><a href="/zj/list.docx">附件：企业名单.docx</a></p>' if attached and number == 3 else ""
    return f"""<html><head><title>清河街道{2010 + number}年工作总结</title></head><body>
<h1>清河街道{2010 + number}年工作总结</h1><p>来源：清河街道办事处 发布时间：2024-01-20</p>
<div id="zoom"><p>全年实现规上工业总产值{output:.1f}亿元，新建公园3个，绿地{number}处。</p>
<p>街道坚持稳中求进，扎实推进各项工作，圆满完成全年目标任务，居民生活持续改善。</p>{file}</div>
</body></html>""".encode()


class _Handler(BaseHTTPRequestHandler):
    server: HostileSite
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests += 1
        number = self.server.requests
        self.close_connection = True
        if number % LATE == 0:
            time.sleep(SLOW_S)
        if number % RESET == 0:
            return
        kind, body = self.server.page(self.path) or (HTML, b"<p>404</p>")
        self.send_response(200 if self.server.page(self.path) else 404)
        self.send_header("Content-Type", kind)
        if number % ZIPPED == 0:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if number % CUT == 0 else body)

    def log_request(self, *_: object) -> None:
        pass


@contextmanager
def hostile_site(*, attached: bool) -> Iterator[HostileSite]:
    """Run such a site in a thread for the time of the block; with a file `attached` to a report, or none."""
    with HostileSite(attached=attached) as server, answering(server):
        yield server
