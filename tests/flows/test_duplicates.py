"""A report that a district and a street publish on their own sites is linked, and both documents stay."""

from flows.layout import Layout
from flows.pipeline import run_sites
from flows.questions import ask
from flows.run_results import CrawlOptions
from scrapers.site import Column, Expect, Politeness, Site
from tests.extract.made_reports import Report, report
from tests.flows.made_site import made_site
from warehouse.publish import current

LIST = "/gk/index.html"


def pages(form: str, *reports: tuple[str, Report]) -> dict[str, str]:
    """A list page and an article page for each report, in a site's own form."""
    rows = "".join(
        f'<li><a href="/gk/{name}.html">{made.title}</a><i>2025-01-20</i></li>' for name, made in reports
    )
    articles = {
        f"/gk/{name}.html": form.format(
            title=made.title, text="".join(f"<p>{line}</p>" for line in made.lines)
        )
        for name, made in reports
    }
    return {LIST: f"<html><body><ul>{rows}</ul></body></html>"} | articles


STREET = """<html><head><title>{title}</title></head><body><h1>{title}</h1>
<p>来源：松石街道办事处 发布时间：2025-01-16</p><div id="zoom">{text}</div></body></html>"""
DISTRICT = """<html><head><title>云溪区{title}-云溪区人民政府</title></head>
<body><div class="nav"><a href="/">首页</a></div>
<div class="article"><h1>云溪区{title}</h1><span>发布日期：2025-01-20</span><div class="TRS_Editor">
<p>按照区政府信息公开工作的要求，现将全文公布。</p>{text}</div><p>责任编辑：区信息中心</p></div></body></html>"""


def site(key: str, url: str) -> Site:
    return Site(
        key=key, name="云溪区人民政府", region="990101", base_url=url, hosts=(url.removeprefix("http://"),),
        platform="links", columns=(Column(name="工作总结", url=LIST),), politeness=Politeness(delay_s=0),
        expect=Expect(entries_min=1),
    )  # fmt: skip


def test_one_report_on_two_sites_is_linked(layout: Layout):
    this, last = report(7, place="松石", paragraphs=5), report(7, place="松石", year=2023, paragraphs=5)
    other = report(7, place="清河", paragraphs=5)
    with (
        made_site(pages(STREET, ("this", this), ("last", last))) as street,
        made_site(pages(DISTRICT, ("this", this), ("other", other))) as district,
    ):
        sites = [site("songshi", street.url), site("yunxi", district.url)]
        result = run_sites(layout, sites, CrawlOptions(), lambda _: None)
    assert not result.failed
    published = current(layout.data)
    assert ask(published, "select kind, url, site, other_url, other_site from mart.duplicates").rows == [
        ("near", f"{street.url}/gk/this.html", "songshi", f"{district.url}/gk/this.html", "yunxi")
    ]
    assert ask(published, "select count(*) from mart.documents where state = 'held'").rows == [(4,)]
    figures = "select count(*) from mart.metrics as metrics"
    copies = "anti join mart.duplicates as copies on copies.other_document_id = metrics.document_id"
    ((all_figures,),) = ask(published, figures).rows
    ((each_once,),) = ask(published, f"{figures} {copies}").rows
    assert each_once * 4 == all_figures * 3
