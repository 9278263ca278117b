"""One report on two sites is linked and not merged; next year's and another office's are not linked."""

import json
from dataclasses import asdict

import pytest

from extract.sketch import sketch_of
from extract.strip import comparable
from tests.extract.made_reports import RENDERINGS, half, report
from tests.warehouse.conftest import SITE, digest, document, metric, write_lines
from warehouse.database import writer
from warehouse.mart import store_mart
from warehouse.readings import load_readings
from warehouse.rebuild import rebuild_raw

STREET, DISTRICT, THIRD = (f"http://{host}.example/a" for host in ("songshi", "yunxi", "qinghe"))
LINKS = "select other_url, url, kind from mart.duplicates order by all"


def read(world, connection, *reports, figures=(), **changes):
    """Load what an extractor would give for reports: their sketches, and for each the same figures."""
    folder = world.data / "read"
    rows = {
        made.text: document(
            made.text,
            title=made.title,
            text_digest=digest(comparable(made.text)),
            sketch=json.dumps(asdict(sketch_of(made.title, made.text, comparable(made.text)))),
            **changes,
        )
        for made in reports
    }
    write_lines(folder / "documents.jsonl", list(rows.values()))
    write_lines(folder / "metrics.jsonl", [metric(text, figure) for text in rows for figure in figures])
    load_readings(connection, folder, metrics_version="1", regions=world.regions)


@pytest.fixture
def links(world, connection):
    """Load reports by address, all at once, and return what is linked."""

    def load(reports):
        world.load(connection, world.run(1, captured={url: made.text for url, made in reports.items()}))
        read(world, connection, *reports.values())
        return connection.execute(LINKS).fetchall()

    return load


@pytest.mark.parametrize("rendering", RENDERINGS.values(), ids=RENDERINGS)
def test_another_rendering_of_a_report_is_linked(links, rendering):
    made = report(1)
    kind = "text" if rendering is RENDERINGS["full width"] else "near"
    assert links({STREET: made, DISTRICT: rendering(made)}) == [(DISTRICT, STREET, kind)]


@pytest.mark.parametrize(
    "other",
    [report(1, year=2025), report(1, place="清河"), report(2, place=report(1).place), half(report(1))],
    ids=["next year", "other office", "other report", "half"],
)
def test_another_report_is_not_linked(links, other):
    assert links({STREET: report(1), DISTRICT: other}) == []


@pytest.mark.parametrize("changes", [{"year": 2025}, {"place": "清河"}], ids=["next year", "other office"])
@pytest.mark.parametrize("named", [True, False])
def test_a_template_without_numbers_is_not_linked(links, changes, named):
    made = report(3, numbers=False, named=named, place="松石")
    assert (
        links({STREET: made, DISTRICT: report(3, numbers=False, named=named, **{"place": "松石"} | changes)})
        == []
    )


def test_the_same_bytes_are_one_payload_and_the_same_text_is_one_text(links):
    made = report(1)
    wide = RENDERINGS["full width"](made)
    assert links({STREET: made, DISTRICT: made, THIRD: wide}) == [
        (THIRD, STREET, "text"),
        (DISTRICT, STREET, "payload"),
    ]


def test_short_texts_are_linked_by_their_payload_only(world, connection):
    body = "详见附件。"
    urls = {STREET: body, DISTRICT: body, THIRD: body + "\n"}
    world.load(connection, world.run(1, captured=urls))
    world.read_all(connection, {body: (), body + "\n": ()}, text_digest=world.digest(body))
    assert connection.execute(LINKS).fetchall() == [(DISTRICT, STREET, "payload")]


def test_a_report_of_another_period_is_not_linked(world, connection):
    """Where the title names no year, the periods of the figures tell."""
    made, other = report(4), RENDERINGS["boilerplate"](report(4))
    world.load(connection, world.run(1, captured={STREET: made.text, DISTRICT: other.text}))
    this_year = world.figure("增长", "产值", 1)
    year_before = world.figure("增长", "产值", 1, period_start="2024-01-01", period_end="2024-12-31")
    read(world, connection, made, figures=[this_year])
    read(world, connection, other, figures=[this_year, year_before])
    assert near(connection) == 0
    read(world, connection, other, figures=[this_year, year_before, this_year])
    assert near(connection) == 1
    read(world, connection, other)
    assert near(connection) == 1


def test_the_document_that_was_published_first_stands_first(world, connection):
    late, early = report(1), RENDERINGS["boilerplate"](report(1))
    world.load(connection, world.run(1, captured={STREET: late.text, DISTRICT: early.text}))
    read(world, connection, late, published_on="2025-12-05")
    read(world, connection, early, published_on="2025-12-04")
    assert connection.execute(LINKS).fetchall() == [(STREET, DISTRICT, "near")]


def test_both_documents_can_be_looked_at(world, connection, links):
    links({STREET: report(1), DISTRICT: RENDERINGS["boilerplate"](report(1))})
    (row,) = connection.execute("from mart.duplicates").fetchall()
    pair = dict(zip([column[0] for column in connection.description], row, strict=True))
    for side, url in (("", STREET), ("other_", DISTRICT)):
        assert pair[f"{side}document_id"] == world.document_id(url)
        assert pair[f"{side}site"] == SITE["key"]
        assert pair[f"{side}payload_digest"]
        assert pair[f"{side}captured_at"] == pair[f"{side}first_seen_at"]
    assert 0.8 < pair["similarity"] < 1


def test_second_copies_can_be_left_out_and_every_report_stays(world, connection, links):
    made = report(1)
    reports = [made, made, *(rendering(made) for rendering in RENDERINGS.values()), report(1, year=2025)]
    links({f"http://site{n}.example/a": one for n, one in enumerate(reports)})
    counted = connection.execute(
        "select url from mart.documents "
        "anti join mart.duplicates as copies on copies.other_document_id = documents.document_id order by url"
    ).fetchall()
    assert counted == [("http://site0.example/a",), (f"http://site{len(reports) - 1}.example/a",)]
    assert connection.execute("select count(*) from mart.documents").fetchone() == (len(reports),)


def test_a_link_follows_the_newest_version(world, connection):
    made, other = report(1), RENDERINGS["boilerplate"](report(1))
    world.load(connection, world.run(1, captured={STREET: made.text, DISTRICT: other.text}))
    world.load(connection, world.run(2, captured={STREET: report(5).text}))
    read(world, connection, made, other, report(5))
    assert near(connection) == 0
    assert connection.execute(LINKS).fetchall() == []


def test_a_crowd_of_one_template_hides_no_copy(world, connection):
    """More texts share every band than a text has neighbours; numbers and names order them."""
    places = [f"{chr(0x5000 + number)}溪" for number in range(25)]
    crowd = [report(6, place=place, paragraphs=4) for place in places]
    both = [*crowd, *map(RENDERINGS["boilerplate"], crowd)]
    urls = {f"http://crowd.example/{number}": made.text for number, made in enumerate(both)}
    world.load(connection, world.run(1, captured=urls))
    read(world, connection, *both)
    assert near(connection) == len(crowd)


def test_rebuilt_equals_incremental(world):
    made = [report(1), *(RENDERINGS[name](report(1)) for name in ("file", "title")), report(1, year=2025)]
    for day, one in enumerate(made, start=1):
        folder = world.run(day, captured={f"http://site{day}.example/a": one.text})
        with writer(world.data) as connection:
            world.load(connection, folder)
            read(world, connection, one)
            incremental = rows(connection)
    rebuild_raw(world.data, regions=world.regions)
    with writer(world.data) as connection:
        assert rows(connection) == [[], []]
        read(world, connection, *reversed(made))
        assert rows(connection) == incremental
    assert [len(of_one) for of_one in incremental] == [3, 3]


def near(connection):
    """Count the pairs that are near."""
    return connection.execute("select count(*) from mart.near").fetchall()[0][0]


def rows(connection):
    store_mart(connection)
    return [
        sorted(connection.execute(f"from {table}").fetchall()) for table in ("mart.near", "mart.duplicates")
    ]
