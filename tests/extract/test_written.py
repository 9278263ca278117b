"""What scripts, JSON-LD and attributes tell counts where it is the only value of its kind."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.written import kept_day, marked_day, meta_days, shown_day, written_source


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ('<script>document.write("来源：云溪日报")</script>', "云溪日报"),
        ('<script>var ly="区水务局"; if(ly!=""){document.write("来源："+ly)}</script>', "区水务局"),
        ("来源： <script> var a = '区水务局'; if(a){ document.write(a); }</script>", "区水务局"),
        ('来源：<script>document.write("区水务局")</script>', "区水务局"),
        ("来源：<script>document.write(unknown)</script>", None),
        ("来源：<script>load()</script>", None),
        ("", None),
    ],
)
def test_a_source_that_a_script_writes(page: str, source: str | None):
    assert written_source(page) == source


def test_a_day_that_a_script_writes_behind_a_label():
    assert shown_day('<script>document.write("发布日期：2017-03-01")</script>') == "2017-03-01"
    assert shown_day('<script>document.write("今天是：2017-03-01")</script>') is None


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ('{"datePublished":"2025-04-17T15:02:00+08:00"}', "2025-04-17"),
        ('var a={pubDate:"2022-05-24 09:42:10"}', "2022-05-24"),
        ('publish_time = "2022-05-24"; publish_time = "2022-05-24"', "2022-05-24"),
        ('[{"publishTime":"2022-05-24"},{"publishTime":"2022-06-01"}]', None),
        ('{"unpubDate":"2022-05-24"}', None),
    ],
)
def test_a_day_that_scripts_hold_once(page: str, day: str | None):
    assert kept_day(page) == day


def test_time_elements_tell_a_day_if_they_agree():
    one = '<time datetime="2026-02-03T10:20:00+08:00">02-03</time>'
    assert marked_day(LexborHTMLParser(one + one)) == "2026-02-03T10:20:00+08:00"
    assert marked_day(LexborHTMLParser(one + '<time datetime="2026-02-04">02-04</time>')) is None


def test_meta_days_by_how_telling_their_name_is():
    metas = {"createdate": "2025-01-10", "publish-date": "2025-01-14", "article:published_time": "2025-01-15"}
    assert meta_days(metas) == ["2025-01-14", "2025-01-15", "2025-01-10"]
