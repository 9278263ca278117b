"""The cut into words: jieba's own, term by term, from nothing but its package and seeds/userdict.txt."""

import marshal
import os
import subprocess
import sys
import time

import jieba
import pytest

from extract.lexicon import USERDICT, LexiconError, lexicon

SAYING = "推进城中村改造和一网统管，完成民生实事，加装电梯，老旧小区焕然一新，研究生命起源的长春市长春节讲话"


@pytest.fixture(scope="module")
def tokenizer():
    """A tokenizer of jieba with the same terms, initialised by hand: it reads and writes no cache."""
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as entries:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(entries)
    tokenizer.initialized = True
    for line in USERDICT.read_text("utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        tokenizer.add_word(word, int(frequency), kind)
    return tokenizer


def test_it_cuts_as_jieba_does(tokenizer):
    runs = SAYING.split("，")
    assert [lexicon().cut(run) for run in runs] == [list(tokenizer.cut(run, HMM=False)) for run in runs]


def test_it_cuts_real_texts_as_jieba_does(tokenizer, shared):
    texts = "".join(path.read_text("utf-8") for path in sorted((shared / "docs").glob("*.txt")))
    runs = "".join(char if "\u4e00" <= char <= "\u9fff" else " " for char in texts).split()
    expected = [list(tokenizer.cut(run, HMM=False)) for run in runs]
    assert [lexicon().cut(run) for run in runs] == expected


def test_every_term_stays_whole():
    terms = [line.split(" ")[0] for line in USERDICT.read_text("utf-8").splitlines()]
    assert terms == sorted(set(terms))
    assert [term for term in terms if lexicon().cut(term) != [term]] == []


def test_a_cache_that_another_user_left_is_neither_read_nor_written(tmp_path):
    """FAULTS 72: jieba believes a file in the folder for temporary files, and everybody may write there."""
    cache = tmp_path / "jieba.cache"
    cache.write_bytes(marshal.dumps(({"城": 1, "中": 1, "村改": 10**9, "造": 1}, 10**9)))
    before = cache.read_bytes()
    program = "from extract.lexicon import lexicon; print(*lexicon().cut('城中村改造'))"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.stdout.split(), done.stderr) == (["城中村", "改造"], "")
    assert list(tmp_path.iterdir()) == [cache]
    assert cache.read_bytes() == before


@pytest.mark.parametrize("unit", ["发展", "中华人民共和国", "龘", "一"])
def test_a_text_without_punctuation_takes_time_in_proportion(unit):
    def took_s(size: int) -> float:
        text = (unit * size)[:size]
        began_s = time.process_time()
        assert "".join(lexicon().cut(text)) == text
        return time.process_time() - began_s

    took_s(1_000)
    assert took_s(200_000) < 12 * min(took_s(50_000) for _ in range(3))


def test_terms_that_cannot_be_read_are_named(tmp_path):
    path = tmp_path / "userdict.txt"
    path.write_text("一网统管 3000 n\n民生实事 n\n", "utf-8")
    with pytest.raises(LexiconError, match=r"userdict\.txt:2: '民生实事 n' is not a word, its frequency"):
        lexicon(path)
    with pytest.raises(LexiconError, match="cannot be read"):
        lexicon(tmp_path / "none.txt")
