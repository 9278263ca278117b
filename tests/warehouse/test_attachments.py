"""Files that came with a page: what is known of them, how they are cited, and which are owed."""

import json
from datetime import UTC, datetime

import pytest

from warehouse.attachments import asked, owed
from warehouse.pending import known, pending
from warehouse.publish import publish
from warehouse.query import reader
from warehouse.search import Filters, search
from warehouse.verify import verify

PAGE, OTHER = "http://yunxi.example/1", "http://yunxi.example/2"
FILE, DEAD, NEW = (f"http://yunxi.example/f/{name}.pdf" for name in ("年报", "dead", "new"))
NOTICE = "现将松石街道2025年工作总结予以公布，全文见附件。"
REPORT = "全年工业总产值328.1亿元。"
VERSIONS = {"extractor_version": "1", "metrics_version": "1"}
NOTHING_OWN = {"title": None, "published_on": None, "source": None, "kind": "file", "attachments": "[]"}


def named(*urls):
    return json.dumps([{"name": f"附件{n}", "url": url, "type": "pdf"} for n, url in enumerate(urls, 1)])


def ask(connection, sql):
    return connection.execute(sql).fetchall()


@pytest.fixture
def loaded(world, connection):
    """A page that names three files: one came, one is 404, one was not asked for."""
    folder = world.run(1, listed={PAGE: "甲"}, captured={PAGE: NOTICE}, files={FILE: REPORT, DEAD: 404})
    world.load(connection, folder)
    world.read(connection, NOTICE, attachments=named(FILE, DEAD, NEW))
    world.read(connection, REPORT, world.figure("328.1亿元", "工业总产值", 328.1), **NOTHING_OWN)
    return connection


def test_files_are_pending_as_documents_are_and_without_the_selector_of_pages(world, connection):
    site = {**world.site, "profile": {"body": "#zoom"}}
    world.load(connection, world.run(1, captured={PAGE: NOTICE}, files={FILE: REPORT}, site=site))
    found = pending(connection, **VERSIONS)
    assert [(item.url, item.body_selector) for item in found] == [(PAGE, "#zoom"), (FILE, None)]


def test_each_file_of_a_page_has_its_state_and_its_document(world, loaded):
    found = ask(
        loaded,
        "select document_id, title, url, name, file_url, type, state, outcome, file_document_id, still_named "
        "from mart.attachments order by name",
    )
    page = (world.document_id(PAGE), "云溪区松石街道2025年工作总结", PAGE)
    assert found == [
        (*page, "附件1", FILE, "pdf", "held", "ok", world.document_id(FILE), True),
        (*page, "附件2", DEAD, "pdf", "failed", "not_found", None, True),
        (*page, "附件3", NEW, "pdf", "not_fetched", None, None, True),
    ]


def test_a_file_that_did_not_come_is_no_document(world, loaded):
    found = ask(loaded, "select url, kind, state from mart.documents order by url")
    assert found == [(PAGE, "article", "held"), (FILE, "file", "held")]


def test_a_figure_in_a_file_is_cited_by_its_page(world, loaded):
    found = ask(
        loaded,
        "select office, district, title, published::varchar, url, site, sentence from mart.metrics "
        "inner join mart.documents using (document_id, office, district, title, published, url)",
    )
    own = ("松石街道办事处", "云溪区", "云溪区松石街道2025年工作总结", "2026-01-02", FILE, "yunxi", REPORT)
    assert found == [own]


def test_what_a_file_says_of_itself_stands(world, connection):
    world.load(connection, world.run(1, captured={PAGE: NOTICE}, files={FILE: REPORT}))
    world.read(connection, NOTICE, attachments=named(FILE))
    own = {"title": "新河街道统计简报", "published_on": "2025-12-31", "source": "石桥区新河街道办事处"}
    world.read(connection, REPORT, **{**NOTHING_OWN, **own})
    found = ask(
        connection,
        f"select title, published::varchar, office, district from mart.documents where url = '{FILE}'",
    )
    assert found == [("新河街道统计简报", "2025-12-31", "石桥区新河街道办事处", "石桥区")]


def test_of_several_pages_the_first_published_is_cited(world, connection):
    world.load(connection, world.run(1, captured={PAGE: NOTICE, OTHER: "转发。"}, files={FILE: REPORT}))
    world.read(connection, NOTICE, attachments=named(FILE), published_on="2025-12-30", title="后")
    world.read(connection, "转发。", attachments=named(FILE), published_on="2025-12-29", title="先")
    world.read(connection, REPORT, **NOTHING_OWN)
    assert ask(connection, f"select title from mart.documents where url = '{FILE}'") == [("先",)]
    assert ask(connection, "select count(*) from mart.attachments where state = 'held'") == [(2,)]
    assert len(ask(connection, f"from mart.versions where url = '{FILE}'")) == 1


def test_a_file_taken_in_from_an_archive_finds_its_page(world, connection):
    """`ingest` cannot tell files from pages: both come as documents."""
    world.load(connection, world.run(1, captured={PAGE: NOTICE, FILE: REPORT}))
    world.read(connection, NOTICE, attachments=named(FILE))
    world.read(connection, REPORT, **NOTHING_OWN)
    found = ask(connection, "select state, file_document_id from mart.attachments")
    assert found == [("held", world.document_id(FILE))]
    assert ask(connection, f"select office from mart.documents where url = '{FILE}'") == [("松石街道办事处",)]


def test_a_file_that_a_page_drops_stays_and_is_said_to_be_dropped(world, loaded):
    world.load(loaded, world.run(2, captured={PAGE: "附件已撤。"}))
    world.read(loaded, "附件已撤。", attachments=named(NEW))
    found = ask(loaded, "select file_url, state, still_named from mart.attachments order by file_url")
    assert found == [
        (DEAD, "failed", False),
        (NEW, "not_fetched", True),
        (FILE, "held", False),
    ]
    assert ask(loaded, f"select title from mart.documents where url = '{FILE}'") != [(None,)]


def test_a_file_that_came_later_under_the_same_text_is_cited_too(world, connection):
    """The links to files may stand outside of the text: then they make no version of the page."""
    again = NOTICE + "\n"
    world.load(connection, world.run(1, captured={PAGE: NOTICE}))
    world.load(connection, world.run(2, captured={PAGE: again}, files={FILE: REPORT}))
    world.read(connection, NOTICE, attachments="[]")
    world.read(connection, again, attachments=named(FILE))
    world.read(connection, REPORT, **NOTHING_OWN)
    found = ask(connection, "select title, office, versions from mart.documents order by kind desc")
    assert found == [("云溪区松石街道2025年工作总结", "松石街道办事处", 1)] * 2


def test_a_file_that_changed_has_two_versions(world, loaded):
    world.load(loaded, world.run(2, files={FILE: "全年工业总产值382.1亿元。"}))
    world.read(
        loaded, "全年工业总产值382.1亿元。", world.figure("382.1亿元", "工业总产值", 382.1), **NOTHING_OWN
    )
    found = ask(loaded, "select old_written, new_written, title, office from mart.changes")
    assert found == [("328.1亿元", "382.1亿元", "云溪区松石街道2025年工作总结", "松石街道办事处")]


def test_search_finds_the_text_of_a_file_under_the_date_of_its_page(world, loaded):
    copy = publish(loaded, world.data, now=world.now)
    with reader(copy) as published:
        (hit,) = search(published, copy, "工业总产值", Filters(year=2026)).hits
    assert (hit.url, hit.title, hit.sentence) == (FILE, "云溪区松石街道2025年工作总结", REPORT)


def test_the_warehouse_is_sound_with_files(world, loaded):
    assert list(verify(loaded, world.data)) == []


# -- what the next crawl should know -------------------------------------------------------------------


def owed_urls(connection, day):
    return urls_owed(connection, datetime(2026, 1, day, tzinfo=UTC))


def urls_owed(connection, now, site="yunxi", per_page_max=9):
    return [file.url for file in owed(connection, site, now=now, per_page_max=per_page_max)]


def test_files_are_known_apart_from_documents(world, loaded):
    assert [found.url for found in known(loaded, "yunxi")] == [PAGE]
    (page,) = known(loaded, "yunxi")
    assert page.text_digest == world.digest(NOTICE)
    (file,) = known(loaded, "yunxi", "attachment")
    assert (file.url, file.etag, file.payload_digest) == (FILE, '"01"', world.digest(REPORT))
    assert asked(loaded, "yunxi") == {FILE, DEAD}
    assert asked(loaded, "other") == set()


def test_a_page_that_was_not_read_yet_has_no_known_text(world, connection):
    world.load(connection, world.run(1, captured={PAGE: NOTICE}))
    assert [found.text_digest for found in known(connection, "yunxi")] == [None]


def test_what_was_never_asked_for_comes_first_and_what_failed_once_behind_it(loaded):
    assert owed_urls(loaded, 2) == [NEW, DEAD]
    assert urls_owed(loaded, datetime(2026, 1, 2, tzinfo=UTC), site="other") == []


def test_of_a_page_of_many_files_each_run_asks_for_some(loaded):
    assert urls_owed(loaded, datetime(2026, 1, 2, tzinfo=UTC), per_page_max=1) == [NEW]


def test_pictures_are_never_owed(world, connection):
    world.load(connection, world.run(1, captured={PAGE: NOTICE}))
    picture = [{"name": "封面", "url": "http://yunxi.example/f/a.jpg", "type": "jpg"}]
    world.read(connection, NOTICE, attachments=json.dumps(picture))
    assert owed_urls(connection, 2) == []


def test_what_goes_on_failing_rests_as_long_as_it_has_failed(world, loaded):
    world.load(loaded, *(world.run(day, files={DEAD: 404, NEW: "新文件。"}) for day in (2, 4)))
    days = [day for day in range(5, 12) if DEAD in owed_urls(loaded, day)]
    assert days == [8, 9, 10, 11], "it failed on the 1st, the 2nd and the 4th at eight"


def test_what_has_failed_for_a_year_rests_for_a_month(world, loaded):
    loaded.execute("update raw.captures set fetched_at = fetched_at - interval 1 year where status = 404")
    world.load(loaded, world.run(2, files={DEAD: 404}))
    assert DEAD not in owed_urls(loaded, 31)
    assert DEAD in urls_owed(loaded, datetime(2026, 2, 2, tzinfo=UTC))


def test_what_came_is_owed_no_more_even_if_it_is_not_read_yet(world, loaded):
    world.load(loaded, world.run(2, files={NEW: "新文件。"}))
    assert owed_urls(loaded, 3) == [DEAD]


def test_what_a_page_names_no_more_is_not_owed(world, loaded):
    world.load(loaded, world.run(2, captured={PAGE: "附件已撤。"}))
    world.read(loaded, "附件已撤。", attachments="[]")
    assert owed_urls(loaded, 3) == []
