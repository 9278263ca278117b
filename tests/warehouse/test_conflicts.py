"""Two documents, two values: a rounded value agrees with what it was rounded from."""

import pytest

A, B = "http://yunxi.example/1", "http://yunxi.example/2"


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (("328.14亿元", 32_814_000_000), ("328亿元", 32_800_000_000), 0),
        (("328.14亿元", 32_814_000_000), ("328.1亿元", 32_810_000_000), 0),
        (("328.16亿元", 32_816_000_000), ("328.1亿元", 32_810_000_000), 1),
        (("328.0亿元", 32_800_000_000), ("328.4亿元", 32_840_000_000), 1),
        (("1.2万家", 12_000), ("12345家", 12_345), 0),
        (("12家", 12), ("13家", 13), 1),
    ],
)
def test_a_rounded_value_does_not_conflict(world, connection, first, second, count):
    pages = {url: f"工业{written}。" for url, (written, _) in ((A, first), (B, second))}
    world.load(connection, world.run(1, captured=pages))
    for body, (written, amount) in zip(pages.values(), (first, second), strict=True):
        value = float(written.rstrip("亿元万家"))
        world.read(connection, body, world.figure(written, "工业", value, value_base=amount, unit_base="元"))
    assert len(connection.execute("from mart.conflicts").fetchall()) == count
