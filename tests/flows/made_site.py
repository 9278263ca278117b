"""A made-up site on loopback, in a thread, for commands that run their own event loop."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class MadeSite:
    """A running site: its address, and the paths that were asked for."""

    url: str
    requests: list[str] = field(default_factory=list)

    def write_site_file(self, folder: Path, platform: str, columns: str, more: str = "") -> Path:
        """Write a site file for this site; `columns` are the lines of its `[[columns]]` tables."""
        path = folder / "qinghe.toml"
        host = self.url.removeprefix("http://")
        text = f"""key = "qinghe"\nname = "清河街道办事处"\nregion = "990101"\nbase_url = "{self.url}"
hosts = ["{host}"]\nplatform = "{platform}"\n{columns}\n[politeness]\ndelay_s = 0\n{more}\n"""
        path.write_text(text, encoding="utf-8")
        return path


@contextmanager
def answering(server: ThreadingHTTPServer) -> Iterator[None]:
    """Let a server answer in a thread for the time of the block."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def made_site(pages: Mapping[str, str]) -> Iterator[MadeSite]:
    """Serve `pages` by path and query; others answer 404. `{site}` in a page is the site's address."""
    site = MadeSite("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append(self.path)
            page = pages.get(self.path)
            body = (page or "<p>404</p>").replace("{site}", site.url).encode()
            self.send_response(200 if page is not None else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        with answering(server):
            yield site
