"""Which document is meant: by id, beginning or address, and never two of them."""

import hashlib

import pytest

from warehouse.documents import find
from warehouse.errors import QueryError

A = "http://yunxi.example/1"


@pytest.fixture
def alike(world, connection):
    """Two addresses whose ids begin with the same four characters, and another document."""
    by_beginning = {}
    number = 0
    while True:
        url = f"http://yunxi.example/article/{number}"
        beginning = hashlib.sha256(url.encode()).hexdigest()[:4]
        if beginning in by_beginning:
            break
        by_beginning[beginning] = url
        number += 1
    first, second = by_beginning[beginning], url
    world.load(connection, world.run(1, listed={A: "甲", first: "乙", second: "丙"}))
    return first, second


def test_an_id_its_beginning_and_its_address_mean_the_document(world, connection, alike):
    document = world.document_id(A)
    for given in (document, document[:4], document[:15], document.upper(), A, f" {A}\n"):
        assert find(connection, given) == document


def test_the_address_that_it_is_fetched_from_means_it_too(world, connection):
    folder = world.run(1, listed={A: "甲"})
    path = folder / "entries.jsonl"
    path.write_text(
        path.read_text().replace(f'"fetch_url": "{A}"', '"fetch_url": "http://yunxi.example/api/1"')
    )
    world.load(connection, folder)
    assert find(connection, "http://yunxi.example/api/1") == world.document_id(A)


def test_a_beginning_of_several_names_them(world, connection, alike):
    ids = sorted(map(world.document_id, alike))
    with pytest.raises(QueryError, match="2 documents begin so") as caught:
        find(connection, ids[0][:4])
    assert all(document in str(caught.value) for document in ids)
    assert find(connection, ids[0][:12]) == ids[0]


@pytest.mark.parametrize("given", ["", "abc", "zzzz", "0000", "%%%%", "http://yunxi.example/none"])
def test_none_says_what_to_do(connection, given):
    with pytest.raises(QueryError, match="no such document; `gongkai search` finds ids"):
        find(connection, given)


def test_less_than_four_characters_mean_nothing(world, connection):
    world.load(connection, world.run(1, listed={A: "甲"}))
    with pytest.raises(QueryError, match="no such document"):
        find(connection, world.document_id(A)[:3])
