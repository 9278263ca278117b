"""Site files: mistakes are told with file, line, key and the nearest known key."""

from pathlib import Path

import pytest

from scrapers.errors import SiteError
from scrapers.site import load_site, load_sites, read_sites
from scrapers.toml_lines import line_of

GOOD = '''key = "qinghe"
name = "清河区人民政府"
region = "990101"
base_url = "http://127.0.0.1:8000"
hosts = ["127.0.0.1:8000"]
platform = "nfcms"
notes = """
key = "not a key"
[politeness]
"""

[[columns]]
name = "工作总结"
url = "/gk/zj/index.html"

[[columns]]
name = "工作计划"
column = 512
sid = 755099

[politeness]
delay_s = 0

[expect]
entries_min = 3
'''


def written(folder: Path, text: str, name: str = "qinghe.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file(tmp_path: Path):
    site = load_site(written(tmp_path, GOOD))
    assert (site.key, site.region, site.hosts) == ("qinghe", "990101", ("127.0.0.1:8000",))
    assert [column.column for column in site.columns] == [None, 512]
    assert (site.politeness.delay_s, site.expect.entries_min) == (0, 3)
    assert (site.schedule, site.verified, site.profile.body) == ("17 5 * * *", (), None)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("delay_s = 0", "delay = 0", ":22: politeness.delay: unknown key; did you mean 'delay_s'?"),
        ("[expect]", "[expects]", ":24: expects: unknown key; did you mean 'expect'?"),
        ('name = "工作计划"', 'nmae = "工作计划"', ":17: columns[2].nmae: unknown key; did you mean 'name'?"),
        ("delay_s = 0", "xyzzy = 0", ":22: politeness.xyzzy: unknown key; known keys are delay_s"),
        ("delay_s = 0", 'delay_s = "2"', ":22: politeness.delay_s: should be a valid number"),
        ("delay_s = 0", "concurrency = 2", ":22: politeness.concurrency: should be 1"),
        ('"990101"', "990101", ":3: region: should be a valid string"),
        ('"990101"', '"99"', ":3: region: "),
        ('"nfcms"', '"wordpress"', ":6: platform: should be 'gkmlpt', 'nfcms', 'links'"),
        ('url = "/gk/zj/index.html"', "", ":12: columns[1]: needs `url` (a list page) or `column`"),
        (
            '"nfcms"',
            '"gkmlpt"',
            ":12: columns[1]: needs `column`, its number in the gkmlpt catalogue, or the index",
        ),
        ('"nfcms"', '"links"', ":16: columns[2]: needs `url`"),
        ('name = "工作计划"', 'name = "工作总结"', ":17: columns[2].name: '工作总结' names an earlier"),
        ('hosts = ["127.0.0.1:8000"]', 'hosts = ["a.example"]', ":5: hosts: does not name 127.0.0.1:8000"),
        ('base_url = "http://127.0.0.1:8000"', 'base_url = "qinghe"', ":4: base_url: is no http"),
        ('key = "qinghe"\n', "", ":1: key: is missing"),
        (
            'platform = "nfcms"\n',
            'platform = "nfcms"\nschedule = "99 5 * * *"\n',
            ":7: schedule: is no cron line",
        ),
        ("[politeness]\ndelay_s", "[politeness\ndelay_s", ":21: is not TOML"),
    ],
)
def test_mistakes_name_the_place(tmp_path: Path, old: str, new: str, message: str):
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(SiteError) as caught:
        load_site(path)
    assert f"{path}{message}" in str(caught.value)


def test_several_mistakes_are_counted(tmp_path: Path):
    text = GOOD.replace("delay_s", "delay").replace("entries_min", "entries")
    with pytest.raises(SiteError, match=r"\(and 1 more\)"):
        load_site(written(tmp_path, text))


def test_what_cannot_be_read(tmp_path: Path):
    with pytest.raises(SiteError, match="no such file"):
        load_sites(tmp_path / "nowhere.toml")
    with pytest.raises(SiteError, match="holds no site file"):
        load_sites(tmp_path)
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b'key = "\xb1\xa6"')
    with pytest.raises(SiteError, match="is not UTF-8"):
        load_site(bad)
    with pytest.raises(SiteError, match="cannot be read"):
        load_site(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path):
    path = tmp_path / "bom.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert load_site(path).key == "qinghe"


def test_a_bad_file_does_not_hide_the_others(tmp_path: Path):
    written(tmp_path, GOOD.replace("qinghe", "a"), "a.toml")
    written(tmp_path, GOOD.replace("qinghe", "a"), "b.toml")
    written(tmp_path, "key = ", "c.toml")
    written(tmp_path, GOOD, "d.toml")
    sites, errors = read_sites(tmp_path)
    assert [site.key for site in sites] == ["a", "qinghe"]
    assert "b.toml:1: key: 'a' is already the key of a.toml" in str(errors[0])
    assert "c.toml" in str(errors[1])
    with pytest.raises(SiteError, match="already the key"):
        load_sites(tmp_path)


def test_lines_fall_back_to_the_parent():
    text = '[[columns]]\nname = "x"\nextra = {a = 1}\n\n[politeness]\n"delay_s" = 1\nx.y = 2\n'
    assert line_of(text, ("columns", 0, "extra", "a")) == 3
    assert line_of(text, ("columns", 0, "url")) == 1
    assert line_of(text, ("politeness", "delay_s")) == 6
    assert line_of(text, ("politeness", "x", "y")) == 7
    assert line_of(text, ("key",)) == 1


NETWORK = """
[network]
private = true

[[network.tls]]
host = "127.0.0.1"
accept = ["weak_keys"]
"""


def test_network_exceptions_are_made_for_one_host(tmp_path: Path):
    network = load_site(written(tmp_path, GOOD + NETWORK)).network
    assert network.private
    assert [(each.host, each.accept) for each in network.tls] == [("127.0.0.1", ("weak_keys",))]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('host = "127.0.0.1"', 'host = "other.example"', "'other.example' is not in `hosts`"),
        ("weak_keys", "everything", "network.tls[1].accept[1]: should be 'weak_keys'"),
        ("accept =", "accepts =", "unknown key; did you mean 'accept'?"),
        ("private =", "privat =", "unknown key; did you mean 'private'?"),
    ],
)
def test_mistakes_in_network_exceptions_are_told(tmp_path: Path, old: str, new: str, message: str):
    with pytest.raises(SiteError) as caught:
        load_site(written(tmp_path, GOOD + NETWORK.replace(old, new)))
    assert message in str(caught.value)
