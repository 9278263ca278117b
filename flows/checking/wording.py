"""How the checking page says labels, values and periods, in the language of the program."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from extract.document import Document
from extract.metrics import Metric
from flows.language import t

NOTHING = "—"
_DECIMALS = 4  # of a value in the base unit: 35万亩 is 233,333,333.3333 square metres and some more


def labels() -> dict[str, str]:
    """Return the words of the page by the names that its template calls them."""
    return {
        "level": t("level"),
        "change": t("change"),
        "rank": t("rank"),
        "progress": t("progress"),
        "actual": t("actual"),
        "estimate": t("estimate"),
        "plan": t("plan"),
        "indicator": t("indicator"),
        "value": t("value"),
        "unit": t("unit"),
        "period": t("period"),
        "measure": t("measure"),
        "status": t("status"),
        "scope": t("scope"),
        "subject": t("subject"),
        "section": t("section"),
        "base": t("base value"),
        "id": t("indicator id"),
        "rule": t("rule"),
        "place": t("place in the text"),
        "left": t("not recorded"),
        "untitled": t("(no title)"),
        "checking": t("numbers to check"),
        "records": t("records"),
        "filter": t("Filter records"),
        "next": t("next, previous record"),
        "next_left": t("next number not recorded"),
        "to_filter": t("filter"),
        "no_records": t("No number was read out of this document."),
        "no_text": t("No text was taken out of this file."),
        "legend": t("Dates and heading marks apart, every number without a record is underlined."),
    }


def facts(document: Document, path: str) -> list[tuple[str, str]]:
    """Return what is known of a document as label and text; what the page does not tell is left out."""
    told = [
        (t("publisher"), document.publisher),
        (t("published"), document.published_on),
        (t("issued"), document.issued_on),
        (t("document number"), document.document_number),
        (t("index number"), document.index_number),
        (t("source"), document.source),
        (t("attachments"), ", ".join(attachment.name for attachment in document.attachments)),
        (t("kind"), None if document.kind == "article" else document.kind),
        (t("file"), path),
        (t("digest"), document.payload_digest),
    ]
    return [(label, str(text)) for label, text in told if text]


def number(value: Decimal, *, sign: bool = False) -> str:
    """Return a decimal as people write it, without exponent and idle noughts; `sign` shows a plus too."""
    return f"{value.normalize():{'+' if sign else ''}f}"


def amount(metric: Metric) -> str:
    """Return a record's value with its range, sign and qualifier: +5.6, 3–5, about 20, top 3."""
    plain = number(metric.value, sign=metric.measure == "change")
    if metric.value_max is not None:
        plain += f"–{number(metric.value_max)}"
    if metric.qualifier == "lt" and metric.measure == "rank":
        return t("top {n}", n=plain)
    said = {
        "exact": plain,
        "approx": t("about {n}", n=plain),
        "gt": t("{n} or more", n=plain),
        "lt": t("{n} or less", n=plain),
    }
    return said[metric.qualifier]


def base(metric: Metric) -> str | None:
    """Return the value in the base unit with thousands separators; None where it is the value as written."""
    if metric.value_base is None or (metric.value_base, metric.unit_base) == (metric.value, metric.unit):
        return None
    decimals = _DECIMALS if abs(metric.value_base) >= 1 else 2 * _DECIMALS
    digits = f"{metric.value_base:,.{decimals}f}".rstrip("0").rstrip(".")
    return f"{digits} {metric.unit_base or ''}".rstrip()


def period(first: date | None, last: date | None) -> str:
    """Return a period in the words of a report: 2024 first half, 2024-03, 2016–2020; else its two days."""
    if first is None or last is None or first == last:
        return str(first or last or NOTHING)
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return t("{first} to {last}", first=first, last=last)
    if first.year == last.year:
        return _months(first.year, first.month, last.month)
    if (first.month, last.month) == (1, 12):
        return t("{first}–{last}", first=first.year, last=last.year)
    return t("{first} to {last}", first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")


def _months(year: int, first: int, last: int) -> str:
    """Return a period of whole months of one year."""
    named = {
        (1, 12): t("{year}", year=year),
        (1, 6): t("{year} first half", year=year),
        (7, 12): t("{year} second half", year=year),
        (1, 9): t("{year} first three quarters", year=year),
    }
    if (first, last) in named:
        return named[first, last]
    if first == last:
        return t("{year}-{month}", year=year, month=first)
    if first % 3 == 1 and last == first + 2:
        return t("{year} Q{quarter}", year=year, quarter=last // 3)
    return t("{year}, months {first}–{last}", year=year, first=first, last=last)
