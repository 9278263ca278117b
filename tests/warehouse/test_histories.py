"""What is told of the addresses of documents for the revisit plan."""

from datetime import UTC, date, datetime

from warehouse.histories import histories

A, B = "http://yunxi.example/1", "http://yunxi.example/2"


def test_a_document_that_stays_as_it_is(world, connection):
    world.load(
        connection,
        world.run(1, listed={A: "总结"}, captured={A: "甲文"}),
        world.run(2, listed={A: "总结"}, captured={A: "甲文"}),
    )
    (found,) = histories(connection, "yunxi")
    assert (found.url, found.outcome, found.refusals, found.changes) == (A, "ok", 0, 0)
    assert found.asked_at == datetime(2026, 1, 2, 8, 1, tzinfo=UTC)
    assert found.since == datetime(2026, 1, 1, 8, 1, tzinfo=UTC)
    assert found.row == ("总结", date(2026, 1, 2))
    assert found.listed_since
    assert histories(connection, "other") == ()


def test_versions_and_refusals_are_counted(world, connection):
    world.load(
        connection,
        world.run(1, captured={A: "甲文"}),
        world.run(2, captured={A: "乙文"}),
        world.run(3, captured={A: 404}),
        world.run(4, captured={A: 404}),
    )
    (found,) = histories(connection, "yunxi")
    assert (found.outcome, found.refusals, found.changes) == ("not_found", 2, 1)


def test_refusals_before_a_return_do_not_count(world, connection):
    world.load(
        connection,
        world.run(1, captured={A: "甲文"}),
        world.run(2, captured={A: 404}),
        world.run(3, captured={A: "甲文"}),
    )
    (found,) = histories(connection, "yunxi")
    assert (found.refusals, found.changes) == (0, 0)


def test_it_is_told_whether_a_listing_named_it_when_it_was_asked_last(world, connection):
    world.load(
        connection,
        world.run(1, listed={A: "总结", B: "计划"}, captured={A: "甲文", B: "乙文"}),
        world.run(2, listed={B: "计划"}, captured={A: "甲文"}),
    )
    first, second = histories(connection, "yunxi")
    assert (first.url, first.listed_since) == (A, False)
    assert (second.url, second.listed_since) == (B, True)


def test_it_stands_since_it_was_published_where_that_is_known(world, connection):
    world.load(connection, world.run(1, captured={A: "甲文"}))
    world.read(connection, "甲文", published_on="2020-05-06")
    (found,) = histories(connection, "yunxi")
    assert found.since == datetime(2020, 5, 6, tzinfo=UTC)


def test_an_address_that_never_gave_a_document_has_no_history(world, connection):
    world.load(connection, world.run(1, captured={A: 404}))
    assert histories(connection, "yunxi") == ()


def test_a_soft_404_is_a_refusal_and_a_challenge_settles_nothing(world, connection):
    world.load(
        connection,
        world.run(1, captured={A: "甲文", B: "乙文"}),
        world.run(2, captured={A: "查无此页", B: "请稍候"}),
        world.run(3, captured={A: "查无此页"}),
    )
    for page, kind in (
        ("甲文", "article"),
        ("乙文", "article"),
        ("查无此页", "error"),
        ("请稍候", "challenge"),
    ):
        world.read(connection, page, kind=kind)
    gone, challenged = histories(connection, "yunxi")
    assert (gone.outcome, gone.refusals, gone.changes) == ("not_found", 2, 0)
    assert (challenged.outcome, challenged.refusals) == ("unsupported", 0)
