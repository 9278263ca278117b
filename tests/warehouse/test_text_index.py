"""The full-text index: exact for any text, carried over from copy to copy, not believed when damaged."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from warehouse.index_files import damage
from warehouse.publish import publish
from warehouse.query import reader
from warehouse.search import Filters, search
from warehouse.text_index import index_path, write_index
from warehouse.verify import verify_copy

ALPHABET = "街道办事处工作总结年度0123.%，。\n \t\u3000\u2028aA税收"


def address(number):
    return f"http://yunxi.example/{number}"


def made_texts(count, seed):
    chance = random.Random(seed)
    return ["".join(chance.choices(ALPHABET, k=chance.randint(1, 300))) + f"第{n}号" for n in range(count)]


@pytest.fixture
def published(world, connection):
    """Return a function that crawls and reads texts on a day, publishes, and gives the copy."""

    def publish_texts(day, texts):
        captured = {address(number): text for number, text in texts.items()}
        world.load(connection, world.run(day, listed=dict.fromkeys(captured, "甲"), captured=captured))
        world.read_all(connection, dict.fromkeys(texts.values(), ()))
        return publish(connection, world.data, now=world.now + timedelta(days=day))

    return publish_texts


def found(copy, word):
    with reader(copy) as connection:
        answer = search(connection, copy, word, limit=100)
    assert answer.without_index is None
    return {hit.url for hit in answer.hits}


def segments(copy):
    return {path.name: path.stat().st_ino for path in index_path(copy).glob("*.pos")}


def test_counts_equal_a_plain_scan_for_words_of_one_to_six_characters(published):
    texts = dict(enumerate(made_texts(55, seed=3)))
    copy = published(1, texts)
    chance, asked = random.Random(5), 0
    with reader(copy) as connection:
        while asked < 300:
            text = chance.choice(texts)
            start = chance.randrange(len(text))
            word = text[start : start + chance.randint(1, 6)]
            if chance.random() < 0.3:
                word = "".join(chance.sample(word, len(word)))
            if word.split() != [word]:
                continue
            asked += 1
            answer = search(connection, copy, word, limit=3)
            assert answer.without_index is None
            assert answer.count == sum(word in text for text in texts.values()), repr(word)


def test_what_has_not_changed_is_carried_over(published):
    first = published(1, dict(enumerate(made_texts(30, seed=1))))
    second = published(2, {30: "新到的一份，第三十号文件。"})
    assert segments(first).items() < segments(second).items()
    assert found(second, "新到的一份") == {address(30)}
    assert found(first, "新到的一份") == set()
    assert len(found(second, "号")) == 31


def test_a_changed_text_takes_the_place_of_the_old_one(published):
    published(1, {1: "旧的全文。", 2: "另一份。"})
    copy = published(2, {1: "新的全文。"})
    assert found(copy, "旧的") == set()
    assert found(copy, "全文") == {address(1)}


def test_a_document_that_is_gone_is_found_as_gone(world, connection, published):
    copy = published(1, {1: "撤下的文件。", 2: "留下的文件。"})
    for day in (2, 3):
        run = world.run(day, listed={address(2): "甲"}, captured={address(1): 404})
        world.load(connection, run)
    copy = publish(connection, world.data, now=world.now + timedelta(days=3))
    with reader(copy) as asked:
        gone = search(asked, copy, "文件", Filters(state="gone"))
        held = search(asked, copy, "文件", Filters(state="held"))
    assert [hit.url for hit in gone.hits] == [address(1)]
    assert [hit.url for hit in held.hits] == [address(2)]


@pytest.mark.parametrize(
    "harm",
    [
        "meta.json removed",
        "meta.json garbled",
        "a segment cut",
        "a segment without its start",
        "checksums empty",
        "all removed",
    ],
)
def test_a_damaged_index_is_not_believed_and_not_carried_over(published, harm):
    texts = dict(enumerate(made_texts(20, seed=2)))
    copy = published(1, texts)
    folder = index_path(copy)
    _harm(folder, harm)
    with reader(copy) as connection:
        answer = search(connection, copy, "号")
    assert (answer.count, answer.without_index is None) == (20, harm == "checksums empty")
    assert damage(folder) is not None
    later = published(2, {20: "第二十一号。"})
    assert len(found(later, "号")) == 21


def _harm(folder: Path, harm: str) -> None:
    if harm == "meta.json garbled":
        (folder / "meta.json").write_text("{", encoding="utf-8")
    elif harm == "meta.json removed":
        (folder / "meta.json").unlink()
    elif harm == "a segment cut":
        for path in folder.glob("*.pos"):
            path.write_bytes(path.read_bytes()[:10])
    elif harm == "a segment without its start":
        for path in folder.glob("*.pos"):
            path.write_bytes(path.read_bytes()[10:])
    elif harm == "checksums empty":
        (folder / "SHA256SUMS").write_bytes(b"")
    else:
        for path in folder.iterdir():
            path.unlink()


def test_no_limit_is_too_high(published):
    copy = published(1, {1: "一份文件。"})
    with reader(copy) as connection:
        assert search(connection, copy, "文件", limit=2**70).count == 1
        assert search(connection, copy, "没有", limit=2**70).count == 0


def test_a_reader_writes_nothing_beside_the_index(published):
    copy = published(1, {1: "只读的文件夹。"})
    before = sorted(path.name for path in index_path(copy).iterdir())
    assert found(copy, "只读") == {address(1)}
    assert sorted(path.name for path in index_path(copy).iterdir()) == before


def test_an_old_copy_takes_its_index_with_it(world, published):
    copies = [published(day, {1: f"第{day}版"}) for day in (1, 2, 3)]
    last = [published(day, {1: f"第{day}版"}) for day in (20, 21, 22)][-1]
    assert not any(index_path(copy).exists() for copy in copies)
    assert index_path(last).is_dir()


def test_a_bit_that_flipped_is_told_by_verify_and_not_carried_over(world, connection, published):
    copy = published(1, dict(enumerate(made_texts(20, seed=2))))
    assert list(verify_copy(connection, world.data)) == []
    harmed = max(index_path(copy).glob("*.pos"), key=lambda path: path.stat().st_size)
    content = bytearray(harmed.read_bytes())
    content[len(content) // 2] ^= 1
    harmed.write_bytes(content)
    (told,) = verify_copy(connection, world.data)
    assert (told.kind, told.mend) == ("copy", "load")
    assert harmed.name in told.message
    later = published(2, {20: "第二十一号。"})
    assert harmed.name not in segments(later)
    assert list(verify_copy(connection, world.data)) == []


def test_a_folder_that_cannot_be_written_is_told(connection, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write_index(connection, tmp_path / "file" / "index", None)
