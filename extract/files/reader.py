"""Files by their bytes: which library reads them, and why one is not read.

Names and declared types lie, so the first bytes decide. A file is untrusted: what unpacks to more than the
bounds is refused before it is unpacked, and a library's error becomes a warning.
"""

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from extract.files.content import FileContent

FILE_BYTES_MAX = 64 * 1024 * 1024
UNPACKED_BYTES_MAX = 64 * 1024 * 1024
_MEMBERS_MAX = 5_000

_Reader = Callable[[bytes], FileContent]


def read_file(payload: bytes, kind: str) -> FileContent:
    """Read a file of the kind that `extract.kind.file_type` tells; what cannot be read is a warning."""
    if len(payload) > FILE_BYTES_MAX:
        return _refused(f"{len(payload)} bytes, more than the {FILE_BYTES_MAX} that are read")
    if kind == "zip":
        kind, refusal = _office_kind(payload)
        if refusal:
            return _refused(refusal)
    reader = _reader(kind)
    if reader is None:
        return _refused(f"of type {kind}, its text is not read")
    try:
        return reader(payload)
    except Exception as error:  # the libraries raise whatever a broken file leads them to
        return _refused(f"of type {kind} that cannot be read: {type(error).__name__}: {error}"[:300])


def _reader(kind: str) -> _Reader | None:
    """Return what reads a kind; libraries are imported only for the kind that needs them."""
    if kind == "pdf":
        from extract.files.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from extract.files.docx import read_docx

        return read_docx
    if kind == "xlsx":
        from extract.files.xlsx import read_xlsx

        return read_xlsx
    return None


def _office_kind(payload: bytes) -> tuple[str, str | None]:
    """Tell Word and Excel files from other archives; the second value says why one is refused."""
    try:
        with ZipFile(BytesIO(payload)) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        return "zip", f"of type zip that cannot be read: {error}"
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MEMBERS_MAX or unpacked > UNPACKED_BYTES_MAX:
        return "zip", f"that unpacks to {unpacked} bytes in {len(members)} parts, more than are read"
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return "docx", None
    if "xl/workbook.xml" in names:
        return "xlsx", None
    return "zip", None


def _refused(reason: str) -> FileContent:
    return FileContent(warnings=(f"page: a file {reason}",))
