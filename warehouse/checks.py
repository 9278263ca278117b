"""What the checks of checks/*.sql name for a person to look at: the rows of `mart.findings`."""

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: the check's name, `warning` or `error`, the digest, document or run, and why."""

    check: str
    level: str
    subject: str
    message: str


def findings(connection: DuckDBPyConnection) -> Iterator[Finding]:
    """Yield what the checks name, in the order of their names. A published copy has them ready."""
    rows = connection.execute("select check_name, level, subject, message from mart.findings order by all")
    for row in rows.fetchall():
        yield Finding(*row)
