"""The pass over running text: tables are left out, paragraphs end a thread, other places have no id."""

from extract.document import Document
from extract.prose import prose_metrics


def document(body, title="云溪街道2023年工作总结"):
    return Document(
        "sha256:0", "1", "article", title, None, None, None, None, None, None, body, "sha256:0", (), (), ()
    )


def test_what_a_table_spans_is_not_read_again():
    body = "新建渔港3座。\n指标 渔港 9座\n新增泊位8个。"
    start = body.index("指标")
    metrics = prose_metrics(document(body), [(start, start + len("指标 渔港 9座"))])
    assert [m.indicator for m in metrics] == ["新建渔港", "新增泊位"]


def test_a_thread_ends_with_its_paragraph():
    told = [m.indicator for m in prose_metrics(document("渔业产值3亿元。\n新建渔港3座,增长5%。"))]
    assert told == ["渔业产值", "新建渔港", "新建渔港"]
    assert [m.indicator for m in prose_metrics(document("渔业产值3亿元。\n同比增长5%。"))] == ["渔业产值"]


def test_figures_of_the_country_have_no_canonical_indicator():
    own, country = prose_metrics(document("地区生产总值增长5%。全国地区生产总值增长4%。"))
    assert own.indicator_id
    assert (country.subject, country.indicator_id) == ("全国", None)


def test_a_province_has_its_own_figures():
    body = "全省地区生产总值增长5%。"
    (by_street,) = prose_metrics(document(body))
    (by_province,) = prose_metrics(document(body, "梧川省2023年工作总结"))
    assert by_street.indicator_id is None
    assert by_province.indicator_id


def test_a_range_is_signed_as_a_whole():
    (metric,) = prose_metrics(document("渔业投资下降6%—8%。"))
    assert (metric.value, metric.value_max) == (-6, -8)
