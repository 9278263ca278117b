"""What is still to be read, and what the next crawl should know."""

import json
from datetime import UTC, datetime

import pytest

from warehouse.pending import known, listed, originals, pending, robots

A, B = "http://yunxi.example/1", "http://yunxi.example/2"


def change_captures(folder, *changes):
    """Change the captures of a run, line by line."""
    path = folder / "captures.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text(
        "".join(json.dumps(row | change) + "\n" for row, change in zip(rows, changes, strict=True))
    )


def digests(found):
    return [item.payload_digest for item in found]


def test_a_payload_is_pending_until_both_versions_have_read_it(world, connection):
    world.load(connection, world.run(1, captured={A: "甲文", B: "乙文"}))
    ask = {"extractor_version": "1", "metrics_version": "1"}
    assert digests(pending(connection, **ask)) == [world.digest("甲文"), world.digest("乙文")]
    world.read(connection, "甲文")
    assert digests(pending(connection, **ask)) == [world.digest("乙文")]
    assert len(pending(connection, extractor_version="2", metrics_version="1")) == 2
    assert len(pending(connection, extractor_version="1", metrics_version="2")) == 2


def test_only_documents_that_came_are_pending_and_each_once(world, connection):
    world.load(connection, world.run(1, captured={A: "甲文", B: 404}), world.run(2, captured={A: "甲文"}))
    (found,) = pending(connection, extractor_version="1", metrics_version="1")
    assert (found.warc, found.offset, found.url) == ("20260101T080000000Z-yunxi-0001-00000.warc.gz", 100, A)


def test_a_full_record_is_preferred_to_a_revisit_and_listings_are_not_read(world, connection):
    first, second = world.run(1, captured={A: "甲文", B: "列表"}), world.run(2, captured={A: "甲文"})
    change_captures(first, {"revisit": True}, {"purpose": "listing"})
    world.load(connection, first, second)
    (found,) = pending(connection, extractor_version="1", metrics_version="1")
    assert found.warc.startswith("20260102")


def test_known_is_the_last_good_capture_with_its_validators(world, connection):
    first, second = world.run(1, captured={A: "甲文"}), world.run(2, captured={A: "甲文"})
    change_captures(second, {"outcome": "unchanged", "status": 304, "etag": None})
    third = world.run(3, captured={A: 500})
    world.load(connection, first, second, third)
    (found,) = known(connection, "yunxi")
    assert (found.url, found.etag, found.payload_digest) == (A, '"01"', world.digest("甲文"))
    assert found.fetched_at == datetime(2026, 1, 2, 8, 1, tzinfo=UTC)
    assert known(connection, "other") == ()


def test_validators_of_an_older_payload_are_not_given_out(world, connection):
    first, second = world.run(1, captured={A: "甲文"}), world.run(2, captured={A: "新文"})
    change_captures(second, {"etag": None})
    world.load(connection, first, second)
    assert [(found.etag, found.payload_digest) for found in known(connection, "yunxi")] == [
        (None, world.digest("新文"))
    ]


def test_listed_are_the_addresses_still_to_be_fetched(world, connection):
    urls = [f"http://yunxi.example/{number}" for number in range(5)]
    world.load(
        connection,
        world.run(
            1, listed=dict.fromkeys(urls, "甲"), captured={urls[1]: "甲文", urls[2]: 404, urls[3]: 500}
        ),
        world.run(2, captured={urls[4]: 410}),
        world.run(3, captured={urls[4]: 503}),
    )
    assert listed(connection, "yunxi") == (urls[0], urls[3], urls[4])
    assert listed(connection, "other") == ()


def test_originals_are_the_first_full_records(world, connection):
    first, second = world.run(1, captured={A: "甲文"}), world.run(2, captured={A: "甲文", B: "乙文"})
    change_captures(second, {}, {"revisit": True})
    world.load(connection, first, second)
    lookup = originals(connection)
    found = lookup(world.digest("wire甲文"))
    assert (found.url, found.warc, found.offset) == (A, "20260101T080000000Z-yunxi-0001-00000.warc.gz", 100)
    assert found.fetched_at == datetime(2026, 1, 1, 8, 1, tzinfo=UTC)
    assert lookup(world.digest("wire乙文")) is None


@pytest.mark.parametrize("outcome", ["network_error", "too_large"])
def test_what_was_cut_is_no_original(world, connection, outcome):
    """Its record holds the bytes that came, and a revisit of it would pass them for the whole."""
    folder = world.run(1, captured={A: "甲文"})
    change_captures(folder, {"outcome": outcome})
    world.load(connection, folder)
    assert originals(connection)(world.digest("wire甲文")) is None


def test_the_last_good_robots_of_each_origin_is_told_with_its_place(world, connection):
    address = "http://yunxi.example/robots.txt"
    first, second, third = (
        world.run(day, captured={address: body}) for day, body in ((1, "甲"), (2, "乙"), (3, 503))
    )
    for folder in (first, second, third):
        change_captures(folder, {"purpose": "robots"})
    world.load(connection, first, second, third)
    (found,) = robots(connection, "yunxi")
    assert (found.url, found.fetched_at) == (address, datetime(2026, 1, 2, 8, 1, tzinfo=UTC))
    assert found.warc.startswith("20260102")
    assert robots(connection, "other") == ()
