"""Templates to answers: one Jinja environment that escapes everything, and the words of the pages."""

from functools import cache
from pathlib import Path

import jinja2
from fastapi.responses import HTMLResponse

from web import wording

ROOM = Path(__file__).resolve().parent


def render(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a template of web/templates as an answer."""
    return HTMLResponse(_templates().get_template(template).render(values), status_code=status)


def message(status: int, title: str, text: str) -> HTMLResponse:
    """Return a page that says one thing: what is not there or not right."""
    return render("message.html", status=status, title=title, text=text)


@cache
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    templates.filters |= {
        "amount": wording.amount,
        "moment": wording.moment,
        "or_nothing": wording.or_nothing,
        "period": wording.period,
        "word": wording.word,
    }
    templates.tests["web_address"] = wording.is_web_address
    return templates
