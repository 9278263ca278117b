"""A text's sketch: what changes it and what does not, and that it is the same on every machine."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from extract.document import VERSION, read_document
from extract.sketch import LENGTH_MIN, PLACES, Sketch, sketch_of
from extract.strip import comparable
from tests.extract.made_reports import RENDERINGS, Report, half, report

GOLDEN = Path(__file__).parent / "golden" / "sketch.json"


def sketch(made: Report) -> Sketch:
    found = sketch_of(made.title, made.text, comparable(made.text))
    assert found
    return found


def similarity(one: Sketch, other: Sketch) -> float:
    return sum(a == b for a, b in zip(one.minima, other.minima, strict=True)) / PLACES


def shingles(made: Report) -> set[str]:
    text = "".join(char for char in comparable(made.text) if char.isalnum())
    return {text[at : at + 5] for at in range(len(text) - 4)}


def test_a_change_of_sketches_needs_a_new_version():
    given = json.loads(json.dumps({"version": VERSION, "sketch": asdict(sketch(report(1)))}))
    if not GOLDEN.exists() or json.loads(GOLDEN.read_text("utf-8"))["version"] != VERSION:
        GOLDEN.write_text(json.dumps(given) + "\n", "utf-8")
        pytest.fail("sketch.json was missing or of another version and has been written: run again")
    assert given == json.loads(GOLDEN.read_text("utf-8")), "raise VERSION in extract/document.py"


@pytest.mark.parametrize("paragraphs", [6, 30])
@pytest.mark.parametrize("change", [*RENDERINGS.values(), half], ids=[*RENDERINGS, "half"])
def test_the_similarity_is_that_of_the_texts(change, paragraphs):
    errors = []
    for template in range(8):
        one = report(template, paragraphs=paragraphs)
        other = change(one)
        exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        errors.append(similarity(sketch(one), sketch(other)) - exact)
    assert abs(sum(errors) / len(errors)) < 0.04
    assert max(map(abs, errors)) < 0.12


@pytest.mark.parametrize("change", ["punctuation", "full width"])
def test_punctuation_and_width_change_nothing(change):
    assert sketch(RENDERINGS[change](report(2))) == sketch(report(2))


def test_numbers_and_names_that_were_filled_in_are_told_apart():
    one, other = sketch(report(3)), sketch(report(3, year=2025))
    assert one.names == other.names
    assert len(set(one.numbers) & set(other.numbers)) < len(one.numbers) / 5
    assert not set(sketch(report(3, place="清河")).names) >= set(one.names)
    assert set(one.titled) != set(other.titled)


@pytest.mark.parametrize(
    ("written", "same"),
    [("１，２３４．５万元", "1234.5万元"), ("0", ""), ("0.00%", "%"), ("12\t34", "12\n34"), ("12 3", "3 12")],
)
def test_numbers_are_compared_as_numbers(written, same):
    filler = "云溪区" + "各项工作有序推进，" * 40
    one, other = (sketch_of(None, f"{filler}{text}", comparable(filler)) for text in (written, same))
    assert one == other


def test_a_number_that_stands_twice_counts_twice():
    filler = "各项工作有序推进，" * 40
    found = sketch_of(None, f"{filler}5个，5人", comparable(filler))
    assert found
    assert len(set(found.numbers)) == 2


def test_a_short_text_has_no_sketch():
    made = "".join(chr(0x4E00 + number * 7) for number in range(LENGTH_MIN))
    assert sketch_of(None, made, made)
    assert sketch_of(None, made[1:] + "，。", made[1:] + "，。") is None
    assert read_document("详见附件。".encode()).sketch is None


@pytest.mark.parametrize("text", ["丁" * 999, "\U00020000" * 999, "一" * 999, "a" * 999])
def test_a_text_of_one_character_has_a_sketch_or_none(text):
    found = sketch_of(None, text, text)
    assert found is None or len(found.minima) == PLACES


def test_a_document_has_the_sketch_of_its_title_and_text():
    made = report(4)
    document = read_document(f"<title>{made.title}</title><h1>{made.title}</h1><p>{made.text}</p>".encode())
    assert document.sketch == sketch_of(document.title, document.body, comparable(document.body))
