"""What comes in with an address, checked: anything odd becomes a page with a 4xx status."""

import re
from http import HTTPStatus

from fastapi import HTTPException, Request

NO_DOCUMENT = "没有这份文件"

_DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")


def document_key(text: str) -> str:
    """Return a document id as the warehouse makes them, 16 hex digits; anything else is a 404."""
    if not _DOCUMENT_ID.fullmatch(text):
        raise HTTPException(HTTPStatus.NOT_FOUND, NO_DOCUMENT)
    return text


def whole_number(request: Request, name: str, *, most: int) -> int | None:
    """Return a query parameter from 1 to `most`, None where it is missing or empty; else a 400."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"参数 {name} 应当是 1 到 {most} 的整数")
    return int(text)
