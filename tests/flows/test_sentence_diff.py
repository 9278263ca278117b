"""A changed figure is shown with its whole sentence, and nothing else."""

from flows.sentence_diff import sentence_changes, sentences


def test_only_the_sentence_that_changed_is_shown() -> None:
    before = "一、工作总结\n全年完成投资5亿元。新增学位300个;办结诉求90件。"
    after = before.replace("5亿元", "6亿元")
    assert sentence_changes(before, after) == [("-", "全年完成投资5亿元。"), ("+", "全年完成投资6亿元。")]


def test_equal_texts_have_no_changes() -> None:
    assert sentence_changes("甲。乙。", "甲。乙。") == []


def test_a_sentence_ends_at_its_mark_or_at_the_line() -> None:
    assert sentences("标题\n　　甲;乙。丙") == ["标题", "甲;乙。", "丙"]
