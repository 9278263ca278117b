"""What analysts see: versions, changes, conflicts, coverage, freshness; a case for each rule."""

import json

import pytest

A, B = "http://yunxi.example/1", "http://yunxi.example/2"
OLD = "全年工业总产值328.1亿元。税收5.0亿元。税收5.0亿元。"
NEW = "全年工业总产值382.1亿元。税收5.0亿元。新增企业12家。"


def ask(connection, sql):
    return connection.execute(sql).fetchall()


@pytest.fixture
def corrected(world, connection):
    """A document of which a figure was corrected, one removed and one added."""
    world.load(
        connection,
        *(world.run(day, listed={A: "甲"}, captured={A: body}) for day, body in ((1, OLD), (2, NEW))),
    )
    level = world.figure
    second = OLD.rindex("5.0亿元")
    world.read_all(
        connection,
        {
            OLD: (
                level("328.1亿元", "工业总产值", 328.1),
                level("5.0亿元", "税收", 5),
                level("5.0亿元", "税收", 5, start=second, end=second + 5),
            ),
            NEW: (
                level("382.1亿元", "工业总产值", 382.1),
                level("5.0亿元", "税收", 5),
                level("12家", "新增企业", 12, "家"),
            ),
        },
    )
    return connection


def test_the_newest_version_gives_the_metrics(corrected):
    assert ask(corrected, "select written from mart.metrics order by span_start") == [
        ("382.1亿元",),
        ("5.0亿元",),
        ("12家",),
    ]


def test_every_metric_can_be_sliced_out_of_its_text(corrected):
    wrong = ask(
        corrected,
        "from mart.metrics join core.documents using (payload_digest) "
        "where substr(body, span_start + 1, span_end - span_start) <> written",
    )
    assert wrong == []


def test_changes_say_what_became_what(corrected):
    found = ask(
        corrected,
        "select change, indicator, old_written, new_written, old_sentence, new_sentence "
        "from mart.changes order by 1, 2",
    )
    assert found == [
        ("added", "新增企业", None, "12家", None, "新增企业12家。"),
        (
            "changed",
            "工业总产值",
            "328.1亿元",
            "382.1亿元",
            "全年工业总产值328.1亿元。",
            "全年工业总产值382.1亿元。",
        ),
        ("removed", "税收", "5.0亿元", None, "税收5.0亿元。", None),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "%", "unit_base": "%"},
        {"unit": "家"},
        {"subject": "工业"},
    ],
    ids=["base unit", "unit without a base", "subject"],
)
def test_figures_of_different_things_do_not_become_each_other(world, connection, other):
    old, new = "税收3.2亿元。", "税收5.9亿元。"
    world.load(connection, *(world.run(day, captured={A: body}) for day, body in ((1, old), (2, new))))
    world.read(connection, old, world.figure("3.2亿元", "税收", 3.2, unit_base=None))
    world.read(connection, new, world.figure("5.9亿元", "税收", 5.9, **other))
    found = ask(connection, "select change, subject, old_value, new_value from mart.changes order by change")
    assert [row[0] for row in found] == ["added", "removed"]
    assert found[0][1] == other.get("subject")


def test_a_figure_in_another_unit_of_the_same_base_has_changed(world, connection):
    old, new = "税收3.2亿元。", "税收33000万元。"
    world.load(connection, *(world.run(day, captured={A: body}) for day, body in ((1, old), (2, new))))
    world.read(connection, old, world.figure("3.2亿元", "税收", 3.2, unit_base="元"))
    world.read(connection, new, world.figure("33000万元", "税收", 33000, "万元", unit_base="元"))
    assert ask(connection, "select old_written, new_written from mart.changes") == [("3.2亿元", "33000万元")]


def test_an_exact_figure_that_becomes_more_than_so_much_has_changed(world, connection):
    old, new = "税收3.2亿元。", "税收3.2亿余元。"
    world.load(connection, *(world.run(day, captured={A: body}) for day, body in ((1, old), (2, new))))
    world.read(connection, old, world.figure("3.2亿元", "税收", 3.2))
    world.read(connection, new, world.figure("3.2亿余元", "税收", 3.2, qualifier="gt"))
    assert ask(connection, "select old_written, new_written from mart.changes") == [("3.2亿元", "3.2亿余元")]


def test_changes_carry_both_payloads_and_times(corrected, world):
    found = ask(
        corrected,
        "select distinct old_payload_digest, new_payload_digest, old_captured_at::varchar, "
        "captured_at::varchar from mart.changes",
    )
    assert found == [(world.digest(OLD), world.digest(NEW), "2026-01-01 08:01:00", "2026-01-02 08:01:00")]


def test_a_text_that_comes_back_is_a_version_of_its_own(world, corrected):
    world.load(corrected, world.run(3, listed={A: "甲"}, captured={A: OLD}))
    found = ask(corrected, "select version, payload_digest from mart.versions order by 1")
    assert found == [(1, world.digest(OLD)), (2, world.digest(NEW)), (3, world.digest(OLD))]
    assert ask(
        corrected,
        "select old_written, new_written from mart.changes where version = 3 and change = 'changed'",
    ) == [("382.1亿元", "328.1亿元")]


def test_other_bytes_with_the_same_text_make_no_version(world, connection):
    """A view counter changes the payload and not the normalised text."""
    world.load(connection, world.run(1, captured={A: OLD}), world.run(2, captured={A: OLD + "\n"}))
    world.read_all(connection, {OLD: (), OLD + "\n": ()})
    assert ask(connection, "select version, captures from mart.versions") == [(1, 2)]


@pytest.mark.parametrize("kind", ["challenge", "error", "shell", "list"])
def test_a_page_that_is_no_document_makes_no_version(world, corrected, kind):
    world.load(corrected, world.run(3, listed={A: "甲"}, captured={A: "请完成验证"}))
    world.read(corrected, "请完成验证", kind=kind)
    assert ask(corrected, "select versions, state from mart.documents") == [(2, "held")]


@pytest.mark.parametrize("kind", ["file", "article"])
def test_where_there_is_no_text_other_bytes_are_a_version(world, connection, kind):
    """A PDF that was replaced, an article of pictures only: both have an empty body."""
    pages = ["第一张图", "第二张图", "第二张图"]
    runs = [world.run(day, captured={A: page}) for day, page in enumerate(pages, start=1)]
    world.load(connection, *runs)
    for page in dict.fromkeys(pages):
        world.read(connection, page, kind=kind)
    connection.execute("update core.documents set body = ' ', text_digest = ?", [world.digest("")])
    found = ask(connection, "select version, text_digest, captures from mart.versions order by version")
    assert found == [(1, world.digest("第一张图"), 1), (2, world.digest("第二张图"), 2)]


def test_a_document_is_known_by_its_public_address(world, connection):
    folder = world.run(1, listed={A: "甲"}, captured={A: OLD})
    for name, key in (("entries", "fetch_url"), ("captures", "url")):
        row = json.loads((folder / f"{name}.jsonl").read_text())
        (folder / f"{name}.jsonl").write_text(
            json.dumps(row | {key: "http://yunxi.example/api/1.json"}) + "\n"
        )
    world.load(connection, folder)
    world.read(connection, OLD)
    assert ask(connection, "select document_id, url from mart.documents") == [(world.document_id(A), A)]


def test_states_tell_seen_fetched_and_held_apart(world, connection):
    c = "http://yunxi.example/3"
    world.load(
        connection, world.run(1, listed={A: "甲", B: "乙", c: "丙"}, captured={A: OLD, B: "乙文", c: 403})
    )
    world.read(connection, OLD)
    assert ask(connection, "select url, state, title from mart.documents order by url") == [
        (A, "held", "云溪区松石街道2025年工作总结"),
        (B, "fetched", "乙"),
        (c, "seen", "丙"),
    ]


def two_documents(world, connection, *, first, second, **second_document):
    world.load(connection, world.run(1, captured={A: "税收5.0亿元。", B: "税收6.0亿元。"}))
    figures = world.figure("5.0亿元", "税收", 5, **first), world.figure("6.0亿元", "税收", 6, **second)
    world.read(connection, "税收5.0亿元。", figures[0], published_on="2026-01-01")
    world.read(connection, "税收6.0亿元。", figures[1], **{"published_on": "2026-01-01"} | second_document)


def test_two_documents_with_two_values_conflict_with_both_sentences(world, connection):
    two_documents(world, connection, first={}, second={})
    (found,) = ask(connection, "select sentence, other_sentence from mart.conflicts")
    assert sorted(found) == ["税收5.0亿元。", "税收6.0亿元。"]


@pytest.mark.parametrize(
    "other",
    [
        {"qualifier": "approx"},
        {"status": "plan"},
        {"period_end": "2025-06-30"},
        {"measure": "change"},
        {"indicator": "支出"},
        {"unit_base": "家"},
        {"subject": "工业"},
    ],
)
def test_figures_of_different_things_do_not_conflict(world, connection, other):
    two_documents(world, connection, first={}, second=other)
    assert ask(connection, "from mart.conflicts") == []


def test_the_same_amount_in_other_units_is_no_conflict(world, connection):
    base = {"value_base": 500000000, "unit_base": "元"}
    two_documents(world, connection, first=base, second=base)
    assert ask(connection, "from mart.conflicts") == []


@pytest.mark.parametrize(
    ("first", "second", "document", "chosen"),
    [
        ({}, {"status": "plan"}, {"published_on": "2026-01-02"}, "5.0亿元"),
        ({"status": "estimate"}, {"status": "plan"}, {}, "5.0亿元"),
        ({}, {}, {"published_on": "2026-01-02"}, "6.0亿元"),
        ({}, {}, {"published_on": "2025-12-01"}, "5.0亿元"),
        ({}, {"qualifier": "gt"}, {"published_on": "2026-01-09"}, "5.0亿元"),
        ({"status": "estimate"}, {"qualifier": "gt"}, {}, "6.0亿元"),
    ],
    ids=[
        "actual before plan",
        "estimate before plan",
        "newer",
        "older",
        "exact before newer",
        "actual before exact",
    ],
)
def test_latest_metric_chooses_one(world, connection, first, second, document, chosen):
    two_documents(world, connection, first=first, second=second, **document)
    assert ask(connection, "select written from mart.latest_metric") == [(chosen,)]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "%", "unit_base": "%"},
        {"unit": "家"},
        {"scope": "全市"},
        {"subject": "工业"},
    ],
    ids=["base unit", "unit without a base", "scope", "subject"],
)
def test_latest_metric_keeps_figures_of_different_things(world, connection, other):
    two_documents(world, connection, first={}, second=other)
    found = ask(connection, "select written, subject from mart.latest_metric order by written")
    assert found == [("5.0亿元", None), ("6.0亿元", other.get("subject"))]


def test_latest_metric_takes_units_of_one_base_for_the_same(world, connection):
    two_documents(world, connection, first={"unit_base": "元"}, second={"unit": "万元", "unit_base": "元"})
    assert len(ask(connection, "from mart.latest_metric")) == 1


def test_coverage_counts_what_an_office_published_of_a_period(world, connection):
    two_documents(world, connection, first={}, second={"status": "plan"})
    found = ask(
        connection,
        "select office, period_end::varchar, documents, figures, actual_figures, plan_figures "
        "from mart.coverage",
    )
    assert found == [("松石街道办事处", "2025-12-31", 2, 2, 1, 1)]


def test_freshness_tells_the_last_run_and_the_last_success(world, connection):
    world.load(connection, world.run(8, listed={A: "甲"}, captured={A: OLD}), world.run(9, complete=False))
    world.read(connection, OLD)
    found = ask(
        connection,
        "select site, name, last_run_at::varchar, complete, last_success_at::varchar, documents, "
        "newest_age_days from mart.freshness",
    )
    assert found == [("yunxi", "云溪区人民政府", "2026-01-09 08:00:00", False, "2026-01-08 09:00:00", 1, 4)]


@pytest.mark.parametrize(("started", "days"), [("15:59:59", 4), ("16:00:00", 5)])
def test_the_age_counts_chinese_days(world, connection, started, days):
    """A run at 00:00 in China is at 16:00 UTC of the day before."""
    world.load(connection, world.run(9, listed={A: "甲"}, captured={A: OLD}, started=started))
    world.read(connection, OLD)
    assert ask(connection, "select newest_age_days from mart.freshness") == [(days,)]


def test_cells_are_those_of_the_newest_version(world, corrected):
    found = ask(corrected, 'select document_id, payload_digest, office, "text" from mart.cells')
    assert found == [(world.document_id(A), world.digest(NEW), "松石街道办事处", "项目")]


def test_a_list_page_gives_no_metrics(world, connection):
    world.load(connection, world.run(1, captured={A: OLD}))
    world.read(connection, OLD, world.figure("5.0亿元", "税收", 5), kind="list")
    assert ask(connection, "from mart.metrics") == []
