"""The words of a text: what counts, how often, where first, and the same in every process."""

import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from extract.document import VERSION
from extract.keywords import count_words
from extract.lexicon import lexicon
from extract.wording import words

GOLDEN = Path(__file__).parent / "golden" / "keywords.json"
BODY = """云溪街道2023年工作总结
一是推进城中村改造。全年改造城中村3个，加装电梯12部；老旧小区改造完成8个。
二是做好民生实事，垃圾分类覆盖全部小区，电梯困人零发生。"""


def test_words_are_counted_and_shown_where_they_stand_first():
    found = {word.word: word for word in count_words(BODY)}
    assert {name: word.occurrences for name, word in found.items() if word.occurrences > 1} == {
        "城中村": 2,
        "改造": 3,
        "电梯": 2,
    }
    assert {"老旧小区", "民生实事", "垃圾分类", "小区"} <= found.keys()
    assert all(BODY.startswith(word.word, word.span_start) for word in found.values())
    assert found["改造"].span_start == BODY.index("改造")
    assert [word.span_start for word in count_words(BODY)] == sorted(
        word.span_start for word in found.values()
    )


def test_what_tells_nothing_is_no_word():
    """Boilerplate, numbers, places of the dictionary, single characters, signs and Latin letters."""
    assert count_words("全面推进各项工作，2024年，三百五十亿元，北京市，的，GDP，app，％") == ()
    assert count_words("") == ()


def test_words_do_not_reach_over_a_line_or_a_sign():
    assert [word.word for word in count_words("乡村\n振兴、乡村振兴")] == ["乡村", "振兴", "乡村振兴"]


def test_a_change_of_words_needs_a_new_version():
    """A document is read again only where VERSION in extract/document.py rises."""
    given = {"version": VERSION, "words": [asdict(word) for word in count_words(BODY)]}
    if not GOLDEN.exists() or json.loads(GOLDEN.read_text("utf-8"))["version"] != VERSION:
        GOLDEN.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail("keywords.json was missing or of another version and has been written: run again")
    assert given == json.loads(GOLDEN.read_text("utf-8")), "raise VERSION in extract/document.py"


def test_every_process_counts_the_same():
    program = "import sys; from extract.keywords import count_words; print(count_words(sys.stdin.read()))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1", "PYTHONPATH": ":".join(sys.path)},
            input=BODY,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {str(count_words(BODY))}


def test_a_long_text_of_letters_or_of_other_words_is_counted_in_time():
    letters, han = "abcdefgh" * 400_000, "".join(map(chr, range(0x4E00, 0x9FA6))) * 5
    began_s = time.process_time()
    lexicon().cut("推进城中村改造" * 14_000)
    usual_s = time.process_time() - began_s
    for text in (letters, han):
        began_s = time.process_time()
        count_words(text)
        assert time.process_time() - began_s < 6 * usual_s


def test_empty_words_are_words_of_a_kind_that_counts():
    """One that the dictionary cuts apart, or does not count anyway, would be dead weight in the list."""
    lists = words("keywords")
    known = lexicon()
    assert len(set(lists["empty"])) == len(lists["empty"])
    assert [
        word for word in lists["empty"] if len(word) < 2 or known.kinds.get(word) not in lists["kinds"]
    ] == []
