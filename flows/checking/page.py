"""A document and its records as one page without any other file: it opens from disk and calls nobody.

All text of the document is escaped, and a content security policy lets only the page's own style and script
work, each named by its digest: a hostile document's text stays text.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import jinja2

from extract.metrics import Metric
from extract.reading import Measure
from extract.records import Reading
from extract.status import Status
from flows import language
from flows.checking import text, wording

ROOM = Path(__file__).resolve().parent
GENERATOR = "gongkai extract --html"


def page(reading: Reading, path: str) -> str:
    """Return the checking page of one file as HTML; `path` names the file to the reader."""
    document, metrics = reading.document, reading.metrics
    style, script = _asset("page.css"), _asset("page.js")
    return _template().render(
        language="zh-CN" if language.current() == "zh" else "en",
        generator=GENERATOR,
        policy=_policy(style, script),
        style=style,
        script=script,
        document=document,
        facts=wording.facts(document, path),
        parts=list(text.parts(document.body, metrics)),
        metrics=metrics,
        counts=_counts(metrics),
        left_out=len(text.left_out(document.body, metrics)),
        words=wording.labels(),
    )


def _counts(metrics: Sequence[Metric]) -> dict[str, dict[str, int]]:
    """Count the records of each measure and each status, in the order that the fields list them."""
    measures = Counter(metric.measure for metric in metrics)
    statuses = Counter(metric.status for metric in metrics)
    return {
        "measure": {name: measures[name] for name in get_args(Measure)},
        "status": {name: statuses[name] for name in get_args(Status)},
    }


def _asset(name: str) -> str:
    return (ROOM / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    """Return the digest by which a policy allows one inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOM),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"amount": wording.amount, "base": wording.base, "period": _period_of}
    return environment.get_template("page.html")


def _period_of(metric: Metric) -> str:
    return wording.period(metric.period_start, metric.period_end)
