"""Titles that want to be SQL, half a character or a megabyte (FAULTS 98): text, and nothing else happens."""

import pytest

from flows.verification import verify_all
from tests.flows.nights.conftest import Nights, listing
from tests.scrapers.server import page

HOSTILE = {
    "SQL": "'; drop schema core cascade; --\"; delete from raw.runs; /*",
    "surrogate": "半个字\\ud800\\udfff&#xD800;",
    "template": "{0} %s $run ? :name ${jndi} {{7*7}}",
    "megabyte": "长" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_98_a_hostile_title_is_text_in_the_list_in_the_page_and_in_the_warehouse(
    nights: Nights, name: str
) -> None:
    title = HOSTILE[name]
    body = f"<h1>{title}</h1><div id='zoom'><p>新建公园3个，{title[:2000]}。</p><p>工作扎实推进。</p></div>"
    nights.serve(
        listing=[listing(("/zj/a1.html", title), ("/zj/a2.html", "清河街道2022年工作总结"))],
        a1=[page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")],
    )
    for _ in range(2):
        assert not nights.crawl().failed
    kept = title.replace("&#xD800;", "\ufffd")
    listed = "select distinct title from raw.entries where url like '%a1.html'"
    assert nights.ask(listed) == [(kept,)]
    read = "select documents.title[:100] from mart.documents as documents where url like '%a1.html'"
    assert nights.ask(read) == [(kept[:100],)]
    assert nights.ask("select count(*) from core.documents") == [(2,)]
    assert verify_all(nights.layout, lambda _: None).problems == ()
