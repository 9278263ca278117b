"""Names on both sides of a number: which words say nothing by themselves, and what a list shares."""

import pytest

from extract.claims import Thread
from extract.clauses import slots
from extract.naming import is_generic, left_of, right_of
from extract.numbers import scan


@pytest.mark.parametrize("word", ["", "增速", "同比", "占比", "同比增长", "累计", "人均", "两年平均增速"])
def test_words_that_name_nothing(word):
    assert is_generic(word)


@pytest.mark.parametrize("word", ["渔业增速", "产值", "占地", "人均产值"])
def test_words_that_name_something(word):
    assert not is_generic(word)


def test_a_generic_share_is_that_of_the_focus():
    (slot,) = slots("占比32%", scan("占比32%"))
    assert left_of(Thread(focus="冷链产值"), slot) == "冷链产值占比"
    assert left_of(Thread(), slot) == ""


def test_income_per_head_takes_the_focus():
    (slot,) = slots("人均1.2万元", scan("人均1.2万元"))
    assert left_of(Thread(focus="渔业收入"), slot) == "人均渔业收入"


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("完成5座、870米栈桥修缮", ["栈桥修缮", "栈桥修缮"]),
        ("14户、39人转产", ["转产", "转产"]),
        ("7家企业总投资1亿元", ["企业", ""]),
        ("新建渔港3座、泊位8个", ["", ""]),
    ],
)
def test_a_run_of_numbers_shares_the_noun_behind_it(text, rights):
    found = slots(text, scan(text))
    assert [right_of(Thread(), found, index) for index in range(len(found))] == rights
