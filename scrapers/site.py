"""Site files: one TOML file per site, the only thing that adding a district needs.

A mistake in a file is told with its file, line and key, and with the known key that is nearest.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from cronsim import CronSim, CronSimError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from scrapers.address import Hosts, canonical
from scrapers.errors import SiteError
from scrapers.tls import Accepted
from scrapers.toml_lines import line_of

PlatformName = Literal["gkmlpt", "nfcms", "links", "trs", "hanweb", "ucap", "vsb", "auto"]
Names = Annotated[tuple[str, ...], Field(strict=False)]
Loc = tuple[str | int, ...]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Column(_Table):
    """One column 栏目: `url` of its list page, or its number `column` where the platform counts columns.

    For gkmlpt `url` is the address of the catalogue's index: it tells where the catalogue is, and with the
    column's `name` also its number.
    """

    name: str = Field(min_length=1)
    url: str | None = None
    column: int | None = Field(default=None, ge=0)
    sid: int | str | None = None

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if self.url is None and self.column is None:
            raise ValueError("needs `url` (a list page) or `column` (a column number)")
        return self


class Politeness(_Table):
    """How gently the site is asked: `delay_s` is the gap between two requests in seconds.

    One request at a time is a rule and no choice: nothing reads `concurrency`, the key documents it.
    """

    delay_s: float = Field(default=2.0, ge=0, le=60)
    concurrency: Literal[1] = 1


class Expect(_Table):
    """What the site should give; less is an issue. `max_age_days` is the age of the newest document."""

    entries_min: int = Field(default=1, ge=0)
    body_coverage_min: float = Field(default=0.9, ge=0, le=1)
    max_age_days: int | None = Field(default=None, ge=1)


class Profile(_Table):
    """CSS selectors for pages that defeat the general rules.

    `body` is the element that holds a document's text; the extractor uses it when the pages are read, not
    the crawl. `rows` are the rows of a list page.
    """

    body: str | None = None
    rows: str | None = None


class TlsException(_Table):
    """What is accepted of the TLS of one host that is refused everywhere else."""

    host: str = Field(min_length=1)
    accept: Annotated[tuple[Accepted, ...], Field(strict=False, min_length=1)]


class Network(_Table):
    """Where the site's hosts may lead. `private`: to addresses that are not of the public internet."""

    private: bool = False
    tls: Annotated[tuple[TlsException, ...], Field(strict=False)] = ()


class Site(_Table):
    """A site file. `hosts` is the allow-list (`host` or `host:port`): nothing else is ever fetched.

    `schedule` is a cron line in Asia/Shanghai. `verified` and `unverified` say what of this file was and
    was not seen on the live site; nothing reads them but people.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    name: str = Field(min_length=1)
    region: str = Field(pattern=r"^\d{6}(\d{3}){0,2}$")
    base_url: str
    hosts: Annotated[Names, Field(min_length=1)]
    platform: PlatformName
    schedule: str = Field(default="17 5 * * *", pattern=r"^\S+( \S+){4}$")
    columns: Annotated[tuple[Column, ...], Field(strict=False, min_length=1)]
    politeness: Politeness = Politeness()
    expect: Expect = Expect()
    profile: Profile = Profile()
    network: Network = Network()
    notes: str = ""
    verified: Names = ()
    unverified: Names = ()


_TABLES: dict[str, type[_Table]] = {
    "columns": Column,
    "politeness": Politeness,
    "expect": Expect,
    "profile": Profile,
    "network": Network,
    "network.tls": TlsException,
}


def load_site(path: Path) -> Site:
    """Return the site of one file; SiteError names file, line and key of the first mistake."""
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        raise SiteError(path, f"is not TOML: {error}", line=int(at[1]) if at else None) from None
    try:
        site = Site.model_validate(table)
    except ValidationError as error:
        details = error.errors(include_url=False)
        # a key that is misspelt is missing too: the misspelling is what a person must see
        details.sort(key=lambda detail: detail["type"] != "extra_forbidden")
        problems = [_problem(detail) for detail in details]
    else:
        problems = list(_misfits(site))
        if not problems:
            return site
    loc, reason = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    raise SiteError(path, reason + more, line=line_of(text, loc), key=_dotted(loc))


def read_sites(path: Path) -> tuple[tuple[Site, ...], tuple[SiteError, ...]]:
    """Return the sites of a file, or of all `*.toml` in a folder by name, and the errors of the others.

    One bad file never hides the others. Two files with one `key`: the second is an error.
    """
    if not path.exists():
        return (), (SiteError(path, "no such file or folder"),)
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        return (), (SiteError(path, "holds no site file (*.toml)"),)
    sites: dict[str, tuple[Path, Site]] = {}
    errors: list[SiteError] = []
    for file in files:
        try:
            site = load_site(file)
        except SiteError as error:
            errors.append(error)
            continue
        if site.key in sites:
            line = line_of(_text(file), ("key",))
            reason = f"{site.key!r} is already the key of {sites[site.key][0].name}; choose another"
            errors.append(SiteError(file, reason, line=line, key="key"))
        else:
            sites[site.key] = (file, site)
    return tuple(site for _, site in sites.values()), tuple(errors)


def load_sites(path: Path) -> tuple[Site, ...]:
    """Return all sites of a file or folder; raise the first SiteError of any file."""
    sites, errors = read_sites(path)
    if errors:
        raise errors[0]
    return sites


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SiteError(path, "is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise SiteError(path, f"cannot be read: {error.strerror or error}") from None


def _problem(detail: ErrorDetails) -> tuple[Loc, str]:
    loc: Loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return loc, "unknown key" + _nearest(loc)
    if detail["type"] == "missing":
        return loc, "is missing"
    message = str(detail["ctx"]["error"]) if detail["type"] == "value_error" else _plain(detail["msg"])
    return loc, message


def _plain(message: str) -> str:
    """Turn pydantic's "Input should be a valid string" into "should be a valid string"."""
    return message.removeprefix("Input ")


def _nearest(loc: Loc) -> str:
    names = [part for part in loc[:-1] if isinstance(part, str)]
    table = _TABLES.get(".".join(names), Site) if names else Site
    known = list(table.model_fields)
    match = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    return f"; did you mean {match[0]!r}?" if match else f"; known keys are {', '.join(known)}"


def _misfits(site: Site) -> Iterator[tuple[Loc, str]]:
    """Yield what single fields cannot see: keys that do not fit each other."""
    if canonical(site.base_url) is None:
        yield ("base_url",), "is no http or https address"
        return
    try:
        CronSim(site.schedule, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        yield ("schedule",), f"is no cron line: {error}"
    hosts = Hosts(site.hosts, site.base_url)
    if hosts.refusal(site.base_url):
        yield ("hosts",), f"does not name {urlsplit(site.base_url).netloc}, the host of base_url"
    for number, exception in enumerate(site.network.tls):
        if exception.host not in {host.partition(":")[0] for host in site.hosts}:
            yield ("network", "tls", number, "host"), f"{exception.host!r} is not in `hosts`"
    for number, column in enumerate(site.columns):
        yield from _column_misfits(site, number, column)


def _column_misfits(site: Site, number: int, column: Column) -> Iterator[tuple[Loc, str]]:
    if column.name in (other.name for other in site.columns[:number]):
        yield ("columns", number, "name"), f"{column.name!r} names an earlier column too"
    if site.platform == "gkmlpt" and column.column is None and "/gkmlpt/" not in (column.url or ""):
        yield ("columns", number), "needs `column`, its number in the gkmlpt catalogue, or the index as `url`"
    if site.platform not in ("gkmlpt", "nfcms") and column.url is None:
        yield ("columns", number), f"needs `url`: platform {site.platform!r} has no column numbers"


def _dotted(loc: Loc) -> str:
    """Return `columns[2].url` for ("columns", 1, "url"): people count from one."""
    text = ""
    for part in loc:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
