"""Invented reports of a year and plans for one: what a street says of its industrial output."""

from dataclasses import replace
from decimal import Decimal

from extract.indicators import Indicator

OUTPUT = Indicator("output", "工业总产值", ("money",), "元", Decimal(0), Decimal("Infinity"), "up")
FIRES = replace(OUTPUT, id="fires", name="火灾起数", better="down")
TAX = {"indicator_id": "output", "unit_base": "元"}


def year(number, **more):
    return {"period_start": f"{number}-01-01", "period_end": f"{number}-12-31", **more}


def report(world, period, value, growth=None, *, published=None, **more):
    """A report of a year: a level of output in 亿元, and its growth in percent."""
    written, office = f"{value}亿元", more.get("office", "松石街道办事处")
    shared = {**TAX, **year(period)}
    figures = [world.figure(written, "工业总产值", value, value_base=int(value * 10**8), **shared)]
    if growth is not None:
        facts = {**shared, "unit_base": "%", "measure": "change"}
        figures.append(world.figure(f"{growth}%", "工业总产值", growth, "%", **facts))
    return {
        "office": office,
        "body": f"{office}{period}年工业总产值{written}，增长{growth}%。",
        "published": published or f"{period + 1}-01-20",
        "figures": figures,
    }


def plan(world, period, value, *, qualifier="exact", **more):
    made = report(world, period, value, published=f"{period}-01-20", **more)
    made["figures"][0].more.update(status="plan", qualifier=qualifier)
    return {**made, "body": "计划：" + made["body"]}
