"""Office and district of a document: names as printed, codes through the region table, doubt stays null."""

import pytest

from warehouse.errors import SeedError
from warehouse.places import Place, find_place, load_regions


@pytest.fixture
def regions(world):
    return load_regions(world.regions)


def place(regions, publisher=None, source=None, title=None, site=None):
    return find_place(regions, publisher=publisher, source=source, title=title, site_region=site)


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
