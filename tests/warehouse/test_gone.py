"""What went missing, what is gone and what came back; a case for each rule."""

import pytest

A, B = "http://yunxi.example/1", "http://yunxi.example/2"
OLD, NEW = "税收5.0亿元。", "税收6.0亿元。"


def ask(connection, sql):
    return connection.execute(sql).fetchall()


def gone(world, connection, *runs):
    world.load(connection, world.run(1, listed={A: "甲", B: "乙"}, captured={A: OLD, B: NEW}), *runs)
    world.read_all(connection, {OLD: (), NEW: ()})
    return [url for (url,) in ask(connection, "select url from mart.gone")]


def test_gone_is_missing_twice_and_404(world, connection):
    runs = [world.run(day, listed={A: "甲"}, captured={B: 404}) for day in (2, 3)]
    assert gone(world, connection, *runs) == [B]
    found = ask(
        connection, "select gone_at::varchar, status, payload_digest, warc, runs_missed from mart.gone"
    )
    assert found == [
        ("2026-01-02 08:01:00", 404, world.digest(NEW), "20260101T080000000Z-yunxi-0001-00000.warc.gz", 2)
    ]
    assert ask(connection, "select state from mart.documents where url like '%2'") == [("gone",)]


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ({"listed": {A: "甲"}, "captured": {B: 404}}, {"listed": {A: "甲", B: "乙"}, "captured": {B: 404}}),
        (
            {"listed": {A: "甲"}, "captured": {B: 404}},
            {"listed": {A: "甲"}, "captured": {B: 404}, "complete": False},
        ),
        (
            {"listed": {A: "甲"}, "captured": {B: 404}},
            {"listed": {A: "甲"}, "captured": {B: 404}, "whole": False},
        ),
        ({"listed": {A: "甲"}, "captured": {B: 403}}, {"listed": {A: "甲"}, "captured": {B: 500}}),
        ({"listed": {A: "甲"}, "captured": {B: 404}}, {"listed": {A: "甲"}, "captured": {B: NEW}}),
        ({"listed": {A: "甲"}}, {"listed": {A: "甲"}}),
    ],
    ids=["listed again", "incomplete run", "crashed run", "blocked", "answers again", "never asked"],
)
def test_less_than_that_is_not_gone(world, connection, second, third):
    assert gone(world, connection, world.run(2, **second), world.run(3, **third)) == []


def read_pages(world, connection, **pages):
    """Load what an extractor would have read in pages of each kind: 查无此页 is a soft 404."""
    for kind, page in pages.items():
        world.read(connection, page, kind=kind)


def test_a_soft_404_is_gone(world, connection):
    """It answers 200, and the page says that there is nothing."""
    runs = [world.run(day, listed={A: "甲"}, captured={B: "查无此页"}) for day in (2, 3)]
    assert gone(world, connection, *runs) == []
    read_pages(world, connection, error="查无此页")
    found = ask(connection, "select url, gone_at::varchar, status, payload_digest from mart.gone")
    assert found == [(B, "2026-01-02 08:01:00", 200, world.digest(NEW))]
    assert ask(connection, "select state, last_seen_at::varchar from mart.documents where url like '%2'") == [
        ("gone", "2026-01-01 08:02:00")
    ]


@pytest.mark.parametrize("kind", ["challenge", "shell"])
def test_a_challenge_says_nothing(world, connection, kind):
    """It neither brings a document back nor takes it down, and the last good copy stays what it was."""
    answers = ((2, 404), (3, "请稍候"))
    runs = [world.run(day, listed={A: "甲"}, captured={B: answer}) for day, answer in answers]
    gone(world, connection, *runs)
    read_pages(world, connection, **{kind: "请稍候"})
    assert ask(connection, "select url, captured_at::varchar from mart.gone") == [(B, "2026-01-01 08:02:00")]


def test_a_challenge_alone_is_not_gone(world, connection):
    runs = [world.run(day, listed={A: "甲"}, captured={B: "请稍候"}) for day in (2, 3)]
    gone(world, connection, *runs)
    read_pages(world, connection, challenge="请稍候")
    assert ask(connection, "from mart.gone") == []
    assert ask(connection, "select state, last_seen_at::varchar from mart.documents where url like '%2'") == [
        ("held", "2026-01-01 08:02:00")
    ]


@pytest.mark.parametrize(
    "warning",
    [
        "page: empty answer",
        "page: empty answer, only 'null'",
        "page: 41000 tags ('<'), more than the 40000 that are parsed",
        "page: no text, 900 characters are unreadable",
    ],
)
def test_a_page_that_could_not_be_read_is_not_gone(world, connection, warning):
    runs = [world.run(day, listed={A: "甲"}, captured={B: "一堆乱码"}) for day in (2, 3)]
    gone(world, connection, *runs)
    world.read(connection, "一堆乱码", kind="error", warnings=[warning])
    assert ask(connection, "from mart.gone") == []


def test_an_error_page_is_neither_seen_nor_fetched(world, connection):
    world.load(connection, world.run(1, listed={A: "甲"}, captured={A: "查无此页"}))
    read_pages(world, connection, error="查无此页")
    assert ask(connection, "select state, last_seen_at::varchar from mart.documents") == [
        ("seen", "2026-01-01 08:00:00")
    ]


def vanish(world, connection, *, of, at_once, then=0):
    """Take documents out of a column of `of`: some in the second run, more in the third; all answer 404."""
    urls = [f"http://yunxi.example/{number}" for number in range(of)]
    left, last = urls[at_once:], urls[at_once + then :]
    world.load(
        connection,
        world.run(1, listed=dict.fromkeys(urls, "甲")),
        world.run(2, listed=dict.fromkeys(left, "甲"), captured=dict.fromkeys(urls[:at_once], 404)),
        *(
            world.run(
                day, listed=dict.fromkeys(last, "甲"), captured=dict.fromkeys(urls[: at_once + then], 404)
            )
            for day in (3, 4)
        ),
    )
    return ask(connection, "select count(*) from mart.gone")[0][0]


@pytest.mark.parametrize(
    ("of", "at_once", "then", "taken_down"),
    [(8, 5, 0, 5), (30, 6, 0, 6), (29, 6, 0, 0), (29, 3, 3, 6), (30, 6, 5, 11), (36, 6, 7, 6)],
    ids=[
        "five",
        "a fifth",
        "more than a fifth",
        "one by one",
        "of what was left",
        "too many of what was left",
    ],
)
def test_many_at_once_are_not_taken_down(world, connection, of, at_once, then, taken_down):
    """A fault of the listing or a new address for the whole column is no take-down."""
    assert vanish(world, connection, of=of, at_once=at_once, then=then) == taken_down


def test_what_went_missing_at_once_is_counted_by_column(world, connection):
    """Ten of a hundred are a tenth of the site and the whole of their column."""
    small = {f"http://yunxi.example/s/{number}": "甲" for number in range(10)}
    large = {f"http://yunxi.example/l/{number}": "甲" for number in range(90)}
    other = {**world.site, "columns": []}
    first = world.run(1, listed=small, column="规划", site=other)
    second = world.run(2, listed=large)
    rest = [world.run(day, listed=large, captured=dict.fromkeys(small, 404)) for day in (3, 4)]
    world.load(connection, first, second, *rest)
    found = ask(
        connection,
        'select distinct "column", missing_together, column_documents, at_once from mart.missing',
    )
    assert found == [("规划", 10, 10, True)]
    assert ask(connection, "from mart.gone") == []


def test_a_document_with_an_address_that_answers_is_not_gone(world, connection):
    """A listing may name another address to fetch than before; that the old one is dead says little."""
    first, second = world.run(1, listed={B: "乙"}), world.run(2, listed={B: "乙"})
    path = second / "entries.jsonl"
    path.write_text(path.read_text().replace(f'"fetch_url": "{B}"', f'"fetch_url": "{B}.json"'))
    answers = {f"{B}.json": NEW, B: 404}
    world.load(connection, first, second, *(world.run(day, captured=answers) for day in (3, 4)))
    assert ask(connection, "select url, runs_missed from mart.missing") == [(B, 2)]
    assert ask(connection, "from mart.gone") == []
    world.load(connection, *(world.run(day, captured=dict.fromkeys(answers, 404)) for day in (5,)))
    assert ask(connection, "select url, gone_at::varchar from mart.gone") == [(B, "2026-01-05 08:01:00")]


def test_a_block_after_the_404_does_not_bring_it_back(world, connection):
    runs = [
        world.run(day, listed={A: "甲"}, captured={B: answer})
        for day, answer in ((2, 404), (3, 404), (4, 503))
    ]
    assert gone(world, connection, *runs) == [B]


def test_what_answers_again_has_come_back(world, connection):
    """A row each time; a block between says nothing, and a first 404 is nothing that came back."""
    answers = (404, OLD, OLD, 404, 503, 410, NEW, "查无此页", NEW)
    world.load(
        connection,
        *(
            world.run(day, listed={A: "甲"}, captured={A: answer})
            for day, answer in enumerate(answers, start=1)
        ),
    )
    world.read_all(connection, {OLD: (), NEW: ()})
    read_pages(world, connection, error="查无此页")
    found = ask(
        connection,
        "select url, gone_at::varchar, gone_status, returned_at::varchar, payload_digest, warc_offset "
        "from mart.returned order by returned_at",
    )
    assert found == [
        (A, "2026-01-04 08:01:00", 410, "2026-01-07 08:01:00", world.digest(NEW), 100),
        (A, "2026-01-08 08:01:00", 200, "2026-01-09 08:01:00", world.digest(NEW), 100),
    ]
    assert ask(connection, "select distinct title, office from mart.returned") == [
        ("云溪区松石街道2025年工作总结", "松石街道办事处")
    ]
