"""Which way a text leans that says of itself neither that it reviews nor that it plans.

A plan's clauses begin with what is to be done (加快…, 抓好…, 力争…) and seldom say that something was done
(了, 已, 同比). The words are data, in `seeds/wording.toml`; the bounds were found on annotated texts.
"""

import re

from extract.wording import either, words

_LEANING = words("leaning")
_TO_DO = re.compile(rf"(?:^|[,;。:\n]){either(_LEANING['to_do'])}", re.MULTILINE)
_AIMED = re.compile(either(_LEANING["aimed"]) + "(?![求素点闻])")
_DONE = re.compile(either(_LEANING["done"]))

_LEAST_TO_DO = 8  # clauses; fewer prove nothing
_MOST_DONE = 0.2  # words of what was done for each clause of what is to be done


def leans_to_plan(text: str) -> bool:
    """Tell whether a folded text reads as a plan."""
    to_do = len(_TO_DO.findall(text)) + len(_AIMED.findall(text))
    return to_do >= _LEAST_TO_DO and len(_DONE.findall(text)) <= _MOST_DONE * to_do
