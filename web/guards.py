"""What stands before every page: whose requests are answered, what a browser may do, and errors as pages."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from archive.errors import ArchiveError
from web.errors import NotArchivedError, NotReadyError
from web.rendering import message

# Other names would let a page of another site reach us through a name of its own (DNS rebinding).
HOSTS = ["localhost", "127.0.0.1"]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_TITLES = {
    HTTPStatus.BAD_REQUEST: "地址里的参数不对",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "这里只能阅读",
}


def add_guards(app: FastAPI) -> None:
    """Give an application its host allow-list, security headers and error pages."""
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    app.middleware("http")(_with_headers)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(NotReadyError)(_not_ready)
    app.exception_handler(NotArchivedError)(_unreadable)
    app.exception_handler(ArchiveError)(_unreadable)
    app.exception_handler(Exception)(_bug)


async def _with_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    response.headers.update(HEADERS)
    return response


async def _http_error(_: Request, error: HTTPException) -> HTMLResponse:
    status = HTTPStatus(error.status_code)
    title = _TITLES.get(status, "不能显示")
    # What Starlette says by itself is the English name of the status.
    text = "" if error.detail == status.phrase else error.detail
    return message(status, title, text)


async def _not_ready(_: Request, error: NotReadyError) -> HTMLResponse:
    return message(HTTPStatus.SERVICE_UNAVAILABLE, "书架还空着", str(error))


async def _unreadable(_: Request, error: Exception) -> HTMLResponse:
    return message(
        HTTPStatus.INTERNAL_SERVER_ERROR, "存档读不出来", f"{error}。运行 gongkai verify 查看损坏之处。"
    )


async def _bug(_request: Request, _error: Exception) -> HTMLResponse:
    page = message(HTTPStatus.INTERNAL_SERVER_ERROR, "程序出错了", "详情见运行 gongkai web 的终端。")
    page.headers.update(HEADERS)  # this one is made outside of all middleware
    return page
