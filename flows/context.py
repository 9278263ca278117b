"""The options that every command takes, and what they come to."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from flows.language import LANGUAGES
from flows.layout import DEFAULT_DATA, DEFAULT_SITES, Layout

F = TypeVar("F", bound=Callable[..., Any])
DATA_VARIABLE = "GONGKAI_DATA"
CONTACT_VARIABLE = "GONGKAI_CONTACT"


@dataclass(slots=True)
class Options:
    """What the user chose for this call; `data` stays None where nothing was said."""

    data: Path | None = None
    lang: str | None = None
    sites: Path = DEFAULT_SITES
    json: bool = False

    @property
    def layout(self) -> Layout:
        """The data folder: what `--data` says, else GONGKAI_DATA, else ./data."""
        return Layout(self.data or Path(os.environ.get(DATA_VARIABLE) or DEFAULT_DATA))

    @property
    def contact(self) -> str | None:
        """Whom a site's operator can write to; part of the user agent."""
        return os.environ.get(CONTACT_VARIABLE) or None


def _remember(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and value is not False and parameter.name:
        setattr(ctx.ensure_object(Options), parameter.name, value)


def _shared(*flags: str, **settings: Any) -> Callable[[F], F]:  # noqa: ANN401 - what click.option takes
    return click.option(*flags, expose_value=False, callback=_remember, **settings)


_SHARED = (
    _shared("--json", is_flag=True, help="Print one JSON object."),
    _shared(
        "--lang", type=click.Choice(LANGUAGES), help="Language of help and messages (else the locale's)."
    ),
    _shared(
        "--sites",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A site file or a folder of them (default seeds/sites).",
    ),
    _shared(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Where everything is kept (else GONGKAI_DATA, else ./data).",
    ),
)


def shared_options(command: F) -> F:
    """Give a command the options that may stand before or behind its name."""
    for option in _SHARED:
        command = option(command)
    return command


pass_options = click.make_pass_decorator(Options, ensure=True)
