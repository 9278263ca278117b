"""The pages and their addresses: `create_app` gives the FastAPI application, to be served on 127.0.0.1.

The pages work without scripts. Text out of archived pages is only ever shown as text: templates escape it,
and the Content-Security-Policy would run nothing else.
"""

from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from web import queries
from web.capture import Source, read_source
from web.duplicates import copies_of
from web.errors import NotReadyError
from web.guards import add_guards
from web.marks import Mark, blocks
from web.parameters import NO_DOCUMENT, document_key, whole_number
from web.published import opened
from web.rendering import ROOM, render
from web.wording import note


def create_app(data: Path) -> FastAPI:
    """Return the reading room over a data folder; it reads `published/` and `archive/` and writes nothing.

    Every request opens the newest published copy. Where there is none yet, each page says so (503).
    """
    app = FastAPI(title="gongkai", docs_url=None, redoc_url=None, openapi_url=None)
    add_guards(app)
    app.mount("/static", StaticFiles(directory=ROOM / "static"), name="static")

    @app.get("/")
    def documents(request: Request) -> HTMLResponse:
        return _list_page(data, request)

    @app.get("/documents/{document_id}")
    def document(document_id: str) -> HTMLResponse:
        return _document_page(data, document_key(document_id))

    @app.get("/documents/{document_id}/capture")
    def capture(document_id: str, request: Request) -> HTMLResponse:
        version = whole_number(request, "version", most=100_000)
        return _capture_page(data, document_key(document_id), version)

    @app.get("/documents/{document_id}/file")
    def file(document_id: str, request: Request) -> Response:
        version = whole_number(request, "version", most=100_000)
        return _download(data, document_key(document_id), version)

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        return _health(data)

    return app


def _list_page(data: Path, request: Request) -> HTMLResponse:
    office = request.query_params.get("office") or None
    year = whole_number(request, "year", most=9999)
    number = whole_number(request, "page", most=1_000_000) or 1
    with opened(data) as connection:
        listed = queries.list_documents(connection, office=office, year=year, page=number)
        filters = queries.filters(connection)
    if number > listed.page_count:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"只有 {listed.page_count} 页，没有第 {number} 页")
    return render("documents.html", listed=listed, filters=filters, office=office, year=year, number=number)


def _document_page(data: Path, document_id: str) -> HTMLResponse:
    with opened(data) as connection:
        document = queries.find_document(connection, document_id)
        if document is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, NO_DOCUMENT)
        figures = queries.figures_of(connection, document_id)
        versions = queries.versions_of(connection, document_id)
        changes = queries.changes_of(connection, document_id)
        attachments = queries.attachments_of(connection, document_id)
        pages = queries.pages_of(connection, document_id)
        copies = copies_of(connection, document_id)
    body = document.body or ""
    # A figure that is not where its offsets say is shown as such: evidence or nothing.
    misplaced = [figure for figure in figures if body[figure.span_start : figure.span_end] != figure.written]
    marks = [_mark(figure) for figure in figures if figure not in misplaced]
    return render(
        "document.html",
        document=document,
        blocks=blocks(body, marks),
        figures=figures,
        misplaced=misplaced,
        versions=versions,
        changes=changes,
        attachments=attachments,
        pages=pages,
        copies=copies,
    )


def _mark(figure: queries.Figure) -> Mark:
    start, end = figure.span_start, figure.span_end
    return Mark(start, end, anchor=f"f{start}-{end}", note=note(figure), tone=figure.status or "actual")


def _capture_page(data: Path, document_id: str, number: int | None) -> HTMLResponse:
    version, source = _archived(data, document_id, number)
    return render("capture.html", document_id=document_id, version=version, source=source)


def _download(data: Path, document_id: str, number: int | None) -> Response:
    """Return an archived file as bytes to be saved; a browser never shows it, whatever it is."""
    version, source = _archived(data, document_id, number)
    if source.suffix is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "存档的是网页，不是文件")
    name = f"{document_id}-{version.version}.{source.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(source.body, media_type="application/octet-stream", headers=headers)


def _archived(data: Path, document_id: str, number: int | None) -> tuple[queries.Version, Source]:
    """Return a version, the newest where no number is given, and what the archive holds for it."""
    with opened(data) as connection:
        versions = queries.versions_of(connection, document_id)
    version = next((one for one in versions if number in (None, one.version)), None)
    if version is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "没有这个版本的存档")
    return version, read_source(data / "archive", version)


def _health(data: Path) -> JSONResponse:
    try:
        with opened(data) as connection:
            count = queries.list_documents(connection).total
    except NotReadyError as error:
        return JSONResponse({"status": "not ready", "reason": str(error)}, status_code=503)
    return JSONResponse({"status": "ok", "documents": count})
