"""Values of written numbers: Arabic with separators, Chinese numerals, fractions. Exact, in Decimal."""

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

MAGNITUDES: dict[str, Decimal] = {
    "万亿": Decimal(10**12),
    "千亿": Decimal(10**11),
    "百亿": Decimal(10**10),
    "十亿": Decimal(10**9),
    "亿": Decimal(10**8),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "十万": Decimal(10**5),
    "万": Decimal(10**4),
    "千": Decimal(1000),
    "百": Decimal(100),
    "十": Decimal(10),
}


def chinese(text: str) -> Decimal | None:
    """Read a Chinese numeral (三千五百, 一百零二, 二〇二四); None where the characters make no number."""
    if all(c in _DIGITS for c in text):
        return Decimal(int("".join(str(_DIGITS[c]) for c in text))) if text else None
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        elif c in _LARGE:
            total += max(section + digit, 1) * _LARGE[c]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def number(text: str) -> Decimal | None:
    """Read an Arabic number with or without thousands separators, or a Chinese numeral."""
    if text[:1].isascii():
        return Decimal(text.replace(",", ""))
    return chinese(text)


def fraction(part: str, whole: str) -> Decimal | None:
    """Return part / whole with four digits, as in 三分之一 = 0.3333; None where the whole is nought."""
    above, below = number(part), number(whole)
    if above is None or not below:
        return None
    return (above / below).quantize(Decimal("0.0001")).normalize()
