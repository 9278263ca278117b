"""Values and periods as a report would write them, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from flows import language
from flows.checking.wording import amount, base, period

PERIODS = [
    ("2031-01-01", "2031-12-31", "2031", "2031年"),
    ("2031-01-01", "2031-06-30", "2031 first half", "2031年上半年"),
    ("2031-07-01", "2031-12-31", "2031 second half", "2031年下半年"),
    ("2031-01-01", "2031-09-30", "2031 first three quarters", "2031年前三季度"),
    ("2031-04-01", "2031-06-30", "2031 Q2", "2031年第2季度"),
    ("2032-02-01", "2032-02-29", "2032-2", "2032年2月"),
    ("2031-01-01", "2031-08-31", "2031, months 1–8", "2031年1—8月"),
    ("2026-01-01", "2030-12-31", "2026–2030", "2026—2030年"),
    ("2030-07-01", "2031-06-30", "2030-07 to 2031-06", "2030-07 至 2031-06"),
    ("2031-02-03", "2031-06-30", "2031-02-03 to 2031-06-30", "2031-02-03 至 2031-06-30"),
    ("2031-06-30", "2031-06-30", "2031-06-30", "2031-06-30"),
    (None, "2031-06-30", "2031-06-30", "2031-06-30"),
    (None, None, "—", "—"),
]


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(language, "current", lambda: request.param)
    return request.param


@pytest.mark.parametrize(("first", "last", "english", "chinese"), PERIODS)
def test_periods_are_said_in_words(
    lang: str, first: str | None, last: str | None, english: str, chinese: str
) -> None:
    days = (date.fromisoformat(day) if day else None for day in (first, last))
    assert period(*days) == (chinese if lang == "zh" else english)


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({"value": Decimal("328.10")}, "328.1", "328.1"),
        ({"value": Decimal("1E+3")}, "1000", "1000"),
        ({"value": Decimal("5.6"), "measure": "change"}, "+5.6", "+5.6"),
        ({"value": Decimal("-50"), "measure": "change", "qualifier": "gt"}, "-50 or more", "-50 以上"),
        ({"value": Decimal(3), "value_max": Decimal(5)}, "3–5", "3–5"),
        ({"value": Decimal(20), "qualifier": "approx"}, "about 20", "约 20"),
        ({"value": Decimal(20), "qualifier": "lt"}, "20 or less", "20 以下"),
        ({"value": Decimal(2), "qualifier": "lt", "measure": "rank"}, "top 2", "前 2"),
    ],
)
def test_amounts_say_sign_range_and_qualifier(
    lang: str, recorded, fields: dict[str, object], english: str, chinese: str
) -> None:
    assert amount(recorded("1个", "1个", **fields)) == (chinese if lang == "zh" else english)


@pytest.mark.parametrize(
    ("value_base", "unit_base", "said"),
    [
        (Decimal("32810000000"), "元", "32,810,000,000 元"),
        (Decimal("233333333.333345"), "平方米", "233,333,333.3333 平方米"),
        (Decimal("0.00002"), "元/平方米", "0.00002 元/平方米"),
        (Decimal("100"), None, "100"),
        (Decimal(1), "个", None),
        (None, None, None),
    ],
)
def test_the_base_value_is_told_where_it_differs(
    recorded, value_base: Decimal | None, unit_base: str | None, said: str | None
) -> None:
    assert base(recorded("1个", "1个", value_base=value_base, unit_base=unit_base)) == said
