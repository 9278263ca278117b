"""Breaks that only fit a width are told from those that end a paragraph."""

from extract.wrapping import unwrapped, wraps

WIDTH = 30
PARAGRAPH = (
    "渔业产值累计完成一亿元渔港投资保持稳定渔民收入持续增长渔业结构进一步优化渔港建设提档升级渔船更新改造"
)


def broken(text: str, width: int = WIDTH) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_the_breaks_of_one_width_only_fit_it():
    text = broken(PARAGRAPH * 5)
    assert unwrapped(text).replace("\u2060", "") == PARAGRAPH * 5
    assert len(unwrapped(text)) == len(text)


def test_headings_and_last_lines_of_paragraphs_keep_their_breaks():
    body = broken(PARAGRAPH * 3 + "渔港平安。")
    text = f"一、渔业工作\n{body}\n二、渔港工作\n{body}"
    kept = unwrapped(text).replace("\u2060", "").split("\n")
    assert [line[:6] for line in kept] == ["一、渔业工作", PARAGRAPH[:6], "二、渔港工作", PARAGRAPH[:6]]


def test_a_full_line_that_ends_a_sentence_ends_its_paragraph():
    lines = [PARAGRAPH[: WIDTH - 1] + "。"] * 6
    assert wraps("\n".join(lines)) == []


def test_paragraphs_of_their_own_lengths_are_not_wrapped():
    text = "\n".join(PARAGRAPH[:length] for length in range(10, 45))
    assert wraps(text) == []


def test_lists_of_short_lines_are_not_wrapped():
    assert wraps("\n".join(["新建码头3个"] * 50)) == []
    assert wraps("") == []
