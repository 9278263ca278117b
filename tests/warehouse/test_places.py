"""Office and district of a document: names as printed, codes through the region table, doubt stays null."""

import pytest

from warehouse.errors import SeedError
from warehouse.places import Place, find_place, load_regions


@pytest.fixture
def regions(world):
    return load_regions(world.regions)


def place(regions, publisher=None, source=None, title=None, site=None, name=None):
    return find_place(
        regions, publisher=publisher, source=source, title=title, site_region=site, site_name=name
    )


@pytest.mark.parametrize(
    ("given", "office", "code"),
    [
        ({"source": "松石街道办事处"}, "松石街道办事处", "990102"),
        ({"source": "南溪市云溪区松石街道办事处"}, "南溪市云溪区松石街道办事处", "990102"),
        ({"publisher": "云溪区人民政府", "source": "松石街道"}, "云溪区人民政府", "990102"),
        ({"title": "云溪区松石街道2025年工作总结"}, "云溪区松石街道", "990102"),
        ({"title": "松石街道办事处2025年工作总结"}, "松石街道办事处", "990102"),
        ({"title": "关于松石街道的通知"}, None, "990102"),
        ({"title": "青山区柳河街道2025年工作总结"}, "青山区柳河街道", None),
        ({"title": "青山区柳河街道二〇二五年工作总结"}, "青山区柳河街道", None),
        ({"title": "关于推进社区2025年建设的意见"}, None, None),
        ({"source": "本站", "title": "松石街道2025年工作总结"}, "松石街道", "990102"),
        ({"source": " ", "publisher": ""}, None, None),
        ({"source": "某某日报", "site": "990103"}, "某某日报", "990103"),
        ({"source": "某某日报", "site": "990100"}, "某某日报", None),
        ({}, None, None),
    ],
)
def test_office_and_district(regions, given, office, code):
    found = place(regions, **given)
    assert (found.office, found.district_code) == (office, code)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": "新河街道办事处"}, None),
        ({"source": "新河街道办事处", "site": "990103"}, "990103"),
        ({"source": "新河街道办事处", "site": "990100"}, None),
        ({"source": "石桥区新河街道办事处", "site": "990102"}, "990103"),
        ({"source": "新河街道办事处", "title": "石桥区新河街道2025年工作总结"}, "990103"),
    ],
)
def test_a_name_of_two_streets_needs_the_site_or_the_parent(regions, given, code):
    assert place(regions, **given).district_code == code


def test_a_street_on_the_site_of_another_city_is_in_doubt(regions):
    assert place(regions, source="白塔街道办事处", site="990102").district_code == "990102"
    assert place(regions, source="白塔街道办事处", site="990200").district_code == "990202"


def test_a_district_whose_name_is_a_common_word_needs_its_parent(regions):
    assert place(regions, title="推进城区供水").district_code is None
    assert place(regions, title="北岭市城区供水").district_code == "990202"


def test_the_name_of_the_district_comes_with_its_code(regions):
    assert place(regions, source="松石街道办事处") == Place("松石街道办事处", "云溪区", "990102")


@pytest.mark.parametrize(
    ("given", "district"),
    [
        ({"name": "南溪市柳河区人民政府"}, "柳河区"),
        ({"name": "南溪市柳河区青石街道办事处"}, "柳河区"),
        ({"name": "云州省柳河市人民政府"}, "柳河市"),
        ({"name": "云州省南溪市柳河市人民政府"}, "柳河市"),
        ({"name": "南溪市柳县人民政府"}, "柳县"),
        ({"name": "南溪市青山族自治县人民政府"}, "青山族自治县"),
        ({"name": "青山族自治区柳河旗人民政府"}, "柳河旗"),
        ({"name": "政务公开网", "publisher": "南溪市柳河区财政局"}, "柳河区"),
        ({"name": "政务公开网", "publisher": "财政局", "source": "柳河区财政局"}, "柳河区"),
        ({"name": "南溪市柳河区人民政府", "source": "青山区财政局"}, "柳河区"),
        ({"name": "政务公开网", "source": "柳河都市报"}, None),
        ({"name": "政务公开网", "source": "和平社区居委会"}, None),
        ({"name": "政务公开网"}, None),
        ({"name": "石桥区人民政府"}, None),
        ({}, None),
    ],
)
def test_a_site_whose_region_the_table_does_not_know_names_its_district(regions, given, district):
    """The code is the site's; a name that the table has under another code is in doubt."""
    found = place(regions, site="990109", **given)
    assert (found.district, found.district_code) == (district, "990109" if district else None)


@pytest.mark.parametrize(
    ("site", "code"),
    [("990109003", "990109"), ("980000", None), ("980100", None), ("9801", None), ("990100", None)],
    ids=["sub-district", "province", "city", "no code", "city that the table knows"],
)
def test_only_the_code_of_a_district_names_one(regions, site, code):
    assert place(regions, site=site, name="南溪市柳河区人民政府").district_code == code


def test_a_district_of_the_table_is_in_doubt_on_an_unknown_site_of_another_city(regions):
    site = {"site": "980109", "name": "政务公开网"}
    assert place(regions, source="石桥区财政局", **site) == Place("石桥区财政局", None, None)
    assert place(regions, source="南溪市石桥区财政局", **site).district_code == "990103"


def test_the_real_table_knows_the_streets_of_shenzhen():
    regions = load_regions()
    assert place(regions, source="桂园街道办事处").district == "罗湖区"
    assert place(regions, publisher="深圳市罗湖区东门街道办事处").district_code == "440303"


def test_a_region_table_that_is_missing_or_lacks_a_column_is_named(tmp_path):
    with pytest.raises(SeedError, match=r"none\.csv: cannot be read"):
        load_regions(tmp_path / "none.csv")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,name\n1,甲\n")
    with pytest.raises(SeedError, match=r"wrong\.csv: has no column 'full_name'"):
        load_regions(wrong)
