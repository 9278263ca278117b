"""The made-up district on loopback: one real HTTP server for each site file of `seeds/demo/sites/`.

The servers do what real ones do to a crawler: validators and 304, gzip when it is asked for, a view counter
that differs in every answer, a page in GB18030, a 404 for what was taken down. Politeness is per host, so
each site has its own port.
"""

import gzip
import hashlib
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from flows.demo.documents import DEMO_SEEDS, DemoDocument, after, before, load_changes, load_documents
from flows.demo.pages import VIEWS, Face, Page, load_faces, not_found, pages_of
from flows.demo.records import LOCAL

_VIEWS = VIEWS.encode()


class DemoSite:
    """Context manager: serves the demo's sites on 127.0.0.1 and writes their site files into `folder`.

    `site_files` are the written files, in the order of `faces.toml`; they name the ports of this time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents = load_documents()
        self._changes = load_changes()
        self._servers: tuple[_Server, ...] = ()
        self._running = ExitStack()
        self.site_files: tuple[Path, ...] = ()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as running:
            self._servers = tuple(running.enter_context(_serving(face)) for face in load_faces())
            self._publish(before(self._documents, self._changes))
            self.site_files = tuple(_write_site_file(self._folder, server) for server in self._servers)
            self._running = running.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    @property
    def addresses(self) -> Mapping[str, str]:
        """Site key -> address of its home page, without a slash at the end."""
        return {server.face.key: server.base_url for server in self._servers}

    @property
    def requests(self) -> int:
        """How many requests all servers have answered."""
        return sum(server.requests for server in self._servers)

    def change(self) -> None:
        """Apply `changes.toml`: one figure corrected, one document taken down, one new. Twice is once."""
        self._publish(after(self._documents, self._changes))

    def _publish(self, documents: Iterable[DemoDocument]) -> None:
        for server in self._servers:
            server.pages = pages_of(server.face, documents, server.base_url)


def _write_site_file(folder: Path, server: "_Server") -> Path:
    name = f"{server.face.key}.toml"
    text = (DEMO_SEEDS / "sites" / name).read_text("utf-8")
    file = folder / name
    file.write_text(text.replace("{port}", str(server.server_port)), "utf-8")
    return file


@contextmanager
def _serving(face: Face) -> Iterator["_Server"]:
    with _Server(face) as server:
        # The interval is how long the end takes: the loop looks for it once in each.
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    """The server of one face; `pages` is replaced as a whole when the site changes."""

    def __init__(self, face: Face) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.face = face
        self.base_url = f"http://127.0.0.1:{self.server_port}"
        self.pages: Mapping[str, Page] = {}
        self.missing = not_found(face)
        self.requests = 0
        self._counting = threading.Lock()

    def counted(self) -> int:
        """Count a request and return its number."""
        with self._counting:
            self.requests += 1
            return self.requests

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet when a client goes away in the middle; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the server's pages."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""

    def do_GET(self) -> None:
        number = self.server.counted()
        page = self.server.pages.get(_address(self.path))
        if page is None:
            self._answer(HTTPStatus.NOT_FOUND, self.server.missing, {}, self.server.missing.body)
            return
        if _VIEWS in page.body:
            self._answer(HTTPStatus.OK, page, {}, page.body.replace(_VIEWS, b"%d" % number))
            return
        validators = _validators(page)
        if self._holds(validators):
            self._head(HTTPStatus.NOT_MODIFIED, validators)
        else:
            self._answer(HTTPStatus.OK, page, validators, page.body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing: standard error belongs to the crawl."""

    def _holds(self, validators: Mapping[str, str]) -> bool:
        """Tell whether the client's copy is still good (RFC 9110, 13.2.2: the tag goes before the date)."""
        if tags := self.headers.get("If-None-Match"):
            return validators["ETag"] in (tag.strip() for tag in tags.split(","))
        since, modified = self.headers.get("If-Modified-Since"), validators.get("Last-Modified")
        if not since or not modified:
            return False
        try:
            return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def _answer(self, status: HTTPStatus, page: Page, headers: Mapping[str, str], body: bytes) -> None:
        head = {"Content-Type": page.content_type, "Vary": "Accept-Encoding", **headers}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            head["Content-Encoding"] = "gzip"
        self._head(status, {**head, "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _address(target: str) -> str:
    """Return the key in `pages` of a request target: of a query only `page` counts, and page 0 is page 1."""
    parts = urlsplit(target)
    if not parts.path.startswith("/gkmlpt/api/"):
        return parts.path
    page = parse_qs(parts.query).get("page", ["1"])[0]
    number = int(page) if page.isascii() and page.isdigit() else 1
    return f"{parts.path}?page={max(number, 1)}"


def _validators(page: Page) -> dict[str, str]:
    # A weak tag: the same page goes out plain and gzipped.
    validators = {"ETag": f'W/"{hashlib.sha256(page.body).hexdigest()[:16]}"'}
    if page.modified is not None:
        moment = page.modified.replace(tzinfo=LOCAL).astimezone(UTC)
        validators["Last-Modified"] = format_datetime(moment, usegmt=True)
    return validators
