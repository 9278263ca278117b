"""Metrics by construction: what each number measures, called what. Invented places and figures throughout."""

import random
import time

import pytest

from extract.document import Document
from extract.metrics import read_metrics

TITLE = "云溪街道2023年工作总结及2024年工作计划"


def document(body, title=TITLE):
    return Document(
        "sha256:0", "1", "article", title, None, None, None, None, None, None, body, "sha256:0", (), (), ()
    )


def told(sentence):
    """Give name, value and unit of each record of a sentence."""
    return [(m.indicator, float(m.value), m.unit) for m in read_metrics(document(sentence))]


LEFT_AND_RIGHT = [
    ("实现规上工业总产值82.1亿元。", [("规上工业总产值", 82.1, "亿元")]),
    ("信访化解率达到97.5%。", [("信访化解率", 97.5, "%")]),
    ("成立清河产业园等6个重点园区服务站。", [("重点园区服务站", 6, "个")]),
    ("完成31条道路综合整治。", [("道路综合整治", 31, "条")]),
    ("27个片区完成验收。", [("片区", 27, "个")]),
    ("9名职工获市五一劳动奖章。", [("职工", 9, "名")]),
    ("腾挪5.4万平方米产业空间。", [("产业空间", 5.4, "万平方米")]),
    ("完成7.2公里的供水主管网改造。", [("供水主管网改造", 7.2, "公里")]),
    ("总投资8亿元的云溪广场项目开工。", [("总投资", 8, "亿元")]),
    ("发放慰问金、补贴等近600万元。", [("发放慰问金、补贴等", 600, "万元")]),
    ("三千多万元专项资金到账。", [("专项资金", 3000, "万元")]),
    ("惠及3.2万居民。", [("居民", 3.2, "万")]),
    ("100%帮扶困难人员。", [("帮扶困难人员", 100, "%")]),
    ("建设约2.1公里长的滨河街区。", [("滨河街区", 2.1, "公里")]),
    ("为街道重大决策提供法律咨询20余次。", [("法律咨询", 20, "次")]),
    ("清河、白沙等国际航线12条。", [("国际航线", 12, "条")]),
]

INHERITED = [
    ("固定资产投资14.8亿元,增长0.9%。", [("固定资产投资", 14.8, "亿元"), ("固定资产投资", 0.9, "%")]),
    ("地区生产总值增长7.5%,达到326亿元。", [("地区生产总值", 7.5, "%"), ("地区生产总值", 326, "亿元")]),
    ("申报85个惠民项目,已完成51个。", [("惠民项目", 85, "个"), ("惠民项目", 51, "个")]),
    ("排查隐患120处,整改118处。", [("排查隐患", 120, "处"), ("整改隐患", 118, "处")]),
    ("参合率再创新高,达到98.5%。", [("参合率", 98.5, "%")]),
    ("养老金标准继续提高,年人均提高2500元。", [("养老金标准", 2500, "元")]),
    ("新增学位5000个,其中小学3000个、初中2000个。",
     [("新增学位", 5000, "个"), ("小学学位", 3000, "个"), ("初中学位", 2000, "个")]),
    ("播种面积110万亩(水田16万亩、旱田94万亩)。",
     [("播种面积", 110, "万亩"), ("水田播种面积", 16, "万亩"), ("旱田播种面积", 94, "万亩")]),
    ("产量增长较大的有果酒(增长87%)、汽车(增长35%)。", [("果酒", 87, "%"), ("汽车", 35, "%")]),
    ("96户、183人实现脱贫。", [("实现脱贫", 96, "户"), ("实现脱贫", 183, "人")]),
    ("完成8条、12.3公里道路提升改造。", [("道路提升改造", 8, "条"), ("道路提升改造", 12.3, "公里")]),
    ("产值超过10亿元的企业3家。", [("产值超过10亿元的企业", 3, "家")]),
    ("三次产业占比由去年同期的1:50:49调整为1:51:48。",
     [("三次产业占比", v, None) for v in (1, 50, 49, 1, 51, 48)]),
    ("人均收入4.5万元,其中城镇居民人均收入5.6万元。",
     [("人均收入", 4.5, "万元"), ("城镇居民人均收入", 5.6, "万元")]),
]  # fmt: skip

DEALT = [
    ("刑事警情、电诈警情分别下降23.1%、34.2%。", [("刑事警情", -23.1, "%"), ("电诈警情", -34.2, "%")]),
    ("高技术制造业、装备制造业增加值分别增长9.5%和10.7%。",
     [("高技术制造业增加值", 9.5, "%"), ("装备制造业增加值", 10.7, "%")]),
    ("城乡居民人均可支配收入分别增长4.2%和5.1%。",
     [("城镇居民人均可支配收入", 4.2, "%"), ("农村居民人均可支配收入", 5.1, "%")]),
    ("增值税12.1亿元、房产税3.3亿元,同比分别增长21%、7.8%。",
     [("增值税", 12.1, "亿元"), ("房产税", 3.3, "亿元"), ("增值税", 21, "%"), ("房产税", 7.8, "%")]),
    ("污水、垃圾处理率分别达到95%、98%。", [("污水处理率", 95, "%"), ("垃圾处理率", 98, "%")]),
]  # fmt: skip

CHANGES = [
    ("刑事治安总警情同比下降23.6%。", [("刑事治安总警情", -23.6, "%")]),
    ("空气优良率比上年上升12个百分点。", [("空气优良率", 12, "个百分点")]),
    ("审批材料精简80%。", [("审批材料", -80, "%")]),
    ("调减玉米面积77万亩,增加水稻面积26万亩、蔬菜16万亩。",
     [("玉米面积", -77, "万亩"), ("水稻面积", 26, "万亩"), ("蔬菜", 16, "万亩")]),
    ("工业增加值增长7.6%,高于全国1.7个百分点。",
     [("工业增加值", 7.6, "%"), ("工业增加值增速", 1.7, "个百分点")]),
    ("固定资产投资增速为-3.2%。", [("固定资产投资增速", -3.2, "%")]),
    ("环境考核排名全市第12、较去年上升8名。", [("环境考核", 12, "位"), ("环境考核", 8, "名")]),
    ("地区生产总值增长2%,比同期增速高0.8个百分点。",
     [("地区生产总值", 2, "%"), ("地区生产总值增速", 0.8, "个百分点")]),
    ("投资贡献率为57%,拉动GDP增长1.1个百分点。",
     [("投资贡献率", 57, "%"), ("拉动GDP增长", 1.1, "个百分点")]),
    ("税收翻一番。", [("税收", 1, "番")]),
    ("城镇化率达到65.2%,提高1.3个百分点。", [("城镇化率", 65.2, "%"), ("城镇化率", 1.3, "个百分点")]),
    ("贷款余额890亿元,比年初增加34.5亿元。", [("贷款余额", 890, "亿元"), ("贷款余额", 34.5, "亿元")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "records"), LEFT_AND_RIGHT + INHERITED + DEALT + CHANGES)
def test_names_by_construction(sentence, records):
    assert told(sentence) == records


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("产值增长5.6%。", ["change"]),
        ("成员单位增加至53家。", ["level"]),
        ("民生投入占预算支出的80.6%。", ["level"]),
        ("国高评审56家,完成任务量147%。", ["level", "progress"]),
        ("完成年初预算的102%。", ["progress"]),
        ("获奖人数位列全区第一。", ["rank"]),
        ("工业增加值增速达到16.1%。", ["change"]),
        ("削减审批事项62项。", ["change"]),
    ],
)
def test_measures(sentence, measure):
    assert [m.measure for m in read_metrics(document("检查点位3处。" + sentence))][1:] == measure


@pytest.mark.parametrize(
    ("sentence", "name", "value", "qualifier", "scope"),
    [
        ("数字化考核位列全区第一。", "数字化考核", 1, "exact", "全区"),
        ("厨余分类率全市第四。", "厨余分类率", 4, "exact", "全市"),
        ("环卫成绩排名均在全区前两位。", "环卫成绩", 2, "lt", "全区"),
        ("各项指标连续3年排名全区第一。", "各项指标", 1, "exact", "全区"),
        ("旅客吞吐量增速居省会城市机场首位。", "旅客吞吐量增速", 1, "exact", "省会城市机场"),
    ],
)
def test_ranks(sentence, name, value, qualifier, scope):
    (m,) = read_metrics(document(sentence))
    assert (m.indicator, m.value, m.unit, m.measure) == (name, value, "位", "rank")
    assert (m.qualifier, m.scope) == (qualifier, scope)


@pytest.mark.parametrize(
    "sentence",
    [
        "围绕“20+8”产业集群发力。",
        "成立1+3+N服务团。",
        "推进路网“91530”行动。",
        "落实“三个100%”标准。",
        "开通14号线、2号线。",
        "推进医院二期改扩建。",
        "落实中央八项规定和28条配套规定。",
        "打造“15分钟阳光生活圈”和10分钟健身圈。",
        "拨打12345热线。",
        "印发云府〔2023〕15号文件。",
        "创建4A级景区和5G示范区。",
        "服务60岁以上老人。",
        "建设220千伏变电站。",
        "开展第一批主题教育,第一书记到岗。",
        "全面贯彻党的二十大精神。",
        "实行24小时值班。",
        "打造一批特色街区,做到一网通办。",
        "2023年12月18日召开会议。",
        "打造千亿元级产业集群。",
        "联系电话0755-12345678。",
        "张三\t17\t方四\t3个",
        "建设百万千瓦级机组。",
    ],
)
def test_names_dates_and_slogans_are_no_metrics(sentence):
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("一、2023年工作总结\n新增学位900个。", "actual"),
        ("二、2024年工作计划\n新增学位900个。", "plan"),
        ("一、2023年工作总结\n国高评审预计56家。", "estimate"),
        ("一、2023年工作总结\n力争新增学位900个。", "plan"),
        ("一、2023年工作总结\n主要预期目标是:产值增长5%。", "plan"),
        ("一、2023年工作总结\n固定资产投资完成年度计划82.3%。", "actual"),
        ("一、2023年工作总结\n到2030年,绿化覆盖率达到45%。", "plan"),
    ],
)
def test_status(body, status):
    assert [m.status for m in read_metrics(document(body))] == [status]


@pytest.mark.parametrize(
    ("body", "title", "period"),
    [
        ("开展活动20场。", TITLE, ("2023-01-01", "2023-12-31")),
        ("二、2024年工作计划\n开展活动20场。", TITLE, ("2024-01-01", "2024-12-31")),
        ("2023年前三季度,开展活动20场。", TITLE, ("2023-01-01", "2023-09-30")),
        ("截至6月底,开展活动20场。", TITLE, ("2023-01-01", "2023-06-30")),
        ("开展活动20场。", None, (None, None)),
        ("一季度开展活动20场。", None, (None, None)),
        ("2022年,工作有序。开展活动20场。", None, ("2022-01-01", "2022-12-31")),
        ("由2020年的30场增加,确保2025年投入使用;开展活动20场。", TITLE, ("2023-01-01", "2023-12-31")),
    ],
)
def test_periods(body, title, period):
    last = read_metrics(document(body, title))[-1]
    found = tuple(None if day is None else str(day) for day in (last.period_start, last.period_end))
    assert found == period


def test_years_dealt_out():
    body = "一季度地方工业增加值16亿元(2015和2016年同期增速分别为3.3%、0.5%)。"
    assert [str(m.period_start) for m in read_metrics(document(body, None))] == [
        "None",
        "2015-01-01",
        "2016-01-01",
    ]


def test_a_record_carries_its_evidence_and_base_value():
    body = "一、2023年工作总结\n 经济平稳。规上工业总产值 328.1 亿元。"
    (m,) = read_metrics(document(body))
    assert body[m.start : m.end] == m.written == "328.1 亿元"
    assert (m.value_base, m.unit_base, m.indicator_id) == (32810000000, "元", "industry_above_output")
    assert m.section == ("一、2023年工作总结", "经济平稳")
    assert m.sentence == "规上工业总产值 328.1 亿元。"
    assert m.rule == "left"


_PIECES = [
    "一、", "(一)", "\n", "。", ",", ";", "、", "(", ")", "“", "”", " ", "　", "\u200b", "\t", "分别",
    "其中", "等", "的", "第一", "前两位", "增长", "下降", "达到", "完成", "同比", "占", "比上年", "2023年",
    "截至6月底", "全市", "学位", "12.5", "1,234", "３", "三分之一", "87:9:4", "近", "超", "余", "万", "亿元",
    "%", "个", "家次", "平方米", "个百分点",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_evidence_holds_for_any_text(seed):
    """Rule 8: body[start:end] is the written number, whatever the text."""
    chance = random.Random(seed)
    body = "".join(chance.choice(_PIECES) for _ in range(400))
    for m in read_metrics(document(body)):
        assert body[m.start : m.end] == m.written
        assert m.indicator
        assert m.sentence in body


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "1个",
        "增长1%",
        "占1%",
        "其中1个",
        "分别1%、",
        "截至1月",
        "(",
        "全市",
        "于一2023年",
        "于",
        "已完成1%",
    ],
)
def test_hostile_runs_end_soon(unit):
    """A coarse guard over the whole way of a number; the exact one is in test_numbers."""
    body = (unit * 100_000)[:100_000]
    start = time.process_time()
    read_metrics(document(body))
    assert time.process_time() - start < 15
