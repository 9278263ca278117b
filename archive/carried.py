"""What run files say, carried in a WARC beside the records it is about: so an export can be taken in again.

The rows of a run stand in `metadata` records named `urn:gongkai:run:<run id>`, a JSON object a line, each
with one key: `begin` before the run's records, then the rows by their kind, `end` behind all. A row of
`captures` names its record under `record`, by WARC-Record-ID, in place of file and offset. Other tools pass
over these records.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from archive.records import metadata_record
from archive.runs import row_text
from extract.digest import payload_digest

PART_OF = "gongkai export"  # in the opening of a file whose records carry rows
URI = "urn:gongkai:run:"


def carried_record(
    run_id: str, rows: Iterable[tuple[str, Any]], *, number: int, warcinfo_id: str, made_at: datetime
) -> bytes:
    """Return a record with `rows` of a run, each its kind (or `begin`, `end`) and what stands under it.

    `number` tells the records of a run apart; what is the same has the same record id.
    """
    block = "".join(row_text({kind: row}) + "\n" for kind, row in rows).encode()
    uri = URI + run_id
    record_id = stable_id(f"{uri} {number} {payload_digest(block)}")
    return metadata_record(record_id, warcinfo_id, uri, made_at, block)


def carried_rows(headers: Mapping[str, str], block: bytes) -> Iterator[tuple[str, str, Any]]:
    """Yield run id, kind and row of each line of a record (headers by lower-case name); none of another's.

    Raises ValueError for a line that is none of ours.
    """
    uri = headers.get("warc-target-uri", "").strip("<>")
    if headers.get("warc-type", "").lower() != "metadata" or not uri.startswith(URI):
        return
    for line in block.splitlines():
        kind, row = _row(line)
        yield uri.removeprefix(URI), kind, row


def _row(line: bytes) -> tuple[str, Any]:
    try:
        held = json.loads(line)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(held, dict) or len(held) != 1:
        raise ValueError("no JSON object of one key")
    ((kind, row),) = held.items()
    if kind not in ("begin", "end") and not isinstance(row, dict):
        raise ValueError(f"what stands under {kind!r} is no JSON object")
    return kind, row


def stable_id(text: str) -> str:
    """Return a record id that is the same for the same text."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
