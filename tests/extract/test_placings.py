"""Ranks as claims: whose rank it is, and of ranks in a list which is whose."""

import pytest

from extract.claims import Thread
from extract.clauses import slots
from extract.numbers import scan
from extract.placings import is_placing, read_placed, read_ranking


def ranks(text, told=None):
    told = told or Thread()
    found = slots(text, scan(text))
    claims = [read_ranking(told, found, index) for index in range(len(found))]
    return [claim and (claim.name, claim.scope) for claim in claims]


def test_a_rank_and_its_scope():
    assert ranks("河长考核位列全县第三") == [("河长考核", "全县")]


def test_a_list_of_ranks_is_told_by_its_first():
    told = Thread(focus="规上产值")
    assert ranks("总量和增速分别位列全市第二、第一", told) == [
        ("规上产值总量", "全市"),
        ("规上产值增速", "全市"),
    ]


def test_without_a_name_it_is_the_focus_that_is_ranked():
    assert ranks("位列全县第三", Thread(focus="渔业产值")) == [("渔业产值", "全县")]


def test_an_ordinal_in_a_name_is_no_rank():
    assert ranks("选派第一书记") == [None]


def test_a_rank_told_as_a_number_remembers_what_is_ranked():
    told = Thread()
    first = read_placed(told, "海云港在全国港口的排位")
    assert (first.measure, first.scope) == ("rank", "全国")
    assert read_placed(told, "") == first


@pytest.mark.parametrize(("name", "wanted"), [("全省排位", True), ("考核名次", True), ("考核得分", False)])
def test_names_of_ranks(name, wanted):
    assert is_placing(name) is wanted
