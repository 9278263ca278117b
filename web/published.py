"""The published warehouse, opened anew for every request, so that a page shows what was published last.

`warehouse.query.reader` locks the settings of the whole process and so serves one reader at a time; here many
requests read at once, and every query is our own. The connection is read-only and cannot reach other files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import NotPublishedError, UnreadableCopyError
from warehouse.mart import mart_is_of_other_rules
from warehouse.publish import current
from web.errors import NotReadyError

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def opened(data: Path) -> Iterator[DuckDBPyConnection]:
    """Open the newest published copy, read-only; raise NotReadyError where it is missing, damaged or of
    another version.
    """
    try:
        file = current(data)
    except UnreadableCopyError as error:
        raise NotReadyError("已发布的数据缺失或损坏。运行 gongkai verify --repair 修复。") from error
    except NotPublishedError as error:
        raise NotReadyError("还没有发布的数据。先运行 gongkai demo 或 gongkai crawl。") from error
    try:
        connection = duckdb.connect(str(file), read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise NotReadyError(f"{file.name} 打不开，可能已损坏。运行 gongkai rebuild 重新发布。") from error
    try:
        yield connection
    except duckdb.IOException as error:
        raise NotReadyError(f"{file.name} 已损坏。运行 gongkai verify --repair 重新发布。") from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        if not mart_is_of_other_rules(connection):
            raise
        raise NotReadyError(f"{file.name} 由另一版本发布。运行 gongkai rebuild 重新发布。") from error
    finally:
        connection.close()
