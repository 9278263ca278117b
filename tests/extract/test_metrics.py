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
    """Return name, value and unit of each record of a sentence."""
    return [(m.indicator, float(m.value), m.unit) for m in read_metrics(document(sentence))]


LEFT_AND_RIGHT = [
    ("实现渔业总产值37.6亿元。", [("渔业总产值", 37.6, "亿元")]),
    ("管网普查率达到93.4%。", [("管网普查率", 93.4, "%")]),
    ("成立南湾渔港等9个海岸驿站。", [("海岸驿站", 9, "个")]),
    ("完成17座渡口安全改造。", [("渡口安全改造", 17, "座")]),
    ("14座渡口完成勘测。", [("渡口", 14, "座")]),
    ("6名船员获省航海勋章。", [("船员", 6, "名")]),
    ("释放8.3万平方米仓储空间。", [("仓储空间", 8.3, "万平方米")]),
    ("完成4.6公里的环岛栈道修缮。", [("环岛栈道修缮", 4.6, "公里")]),
    ("总投资8亿元的云溪广场项目开工。", [("总投资", 8, "亿元")]),
    ("发放助渔金、油补等近430万元。", [("发放助渔金、油补等", 430, "万元")]),
    ("五千多万元修缮资金到账。", [("修缮资金", 5000, "万元")]),
    ("惠及6.1万渔民。", [("渔民", 6.1, "万")]),
    ("100%登记在港渔船。", [("登记在港渔船", 100, "%")]),
    ("修筑约3.8公里长的环湖骑行道。", [("环湖骑行道", 3.8, "公里")]),
    ("为沿岸商户提供航运咨询70余次。", [("航运咨询", 70, "次")]),
    ("清河、白沙等远洋航线15条。", [("远洋航线", 15, "条")]),
]

INHERITED = [
    ("渔业投资26.4亿元,增长1.7%。", [("渔业投资", 26.4, "亿元"), ("渔业投资", 1.7, "%")]),
    ("渔业产值增长6.8%,达到415亿元。", [("渔业产值", 6.8, "%"), ("渔业产值", 415, "亿元")]),
    ("立项93座栈桥,已完成58座。", [("栈桥", 93, "座"), ("栈桥", 58, "座")]),
    ("排查隐患64处,整改62处。", [("排查隐患", 64, "处"), ("整改隐患", 62, "处")]),
    ("续保率再创新高,达到96.8%。", [("续保率", 96.8, "%")]),
    ("休渔补助标准继续提高,年人均提高1800元。", [("休渔补助标准", 1800, "元")]),
    ("新增床位5000个,其中甲院3000个、乙院2000个。",
     [("新增床位", 5000, "个"), ("甲院床位", 3000, "个"), ("乙院床位", 2000, "个")]),
    ("养殖面积65万亩(海水24万亩、淡水41万亩)。",
     [("养殖面积", 65, "万亩"), ("海水养殖面积", 24, "万亩"), ("淡水养殖面积", 41, "万亩")]),
    ("产量增长较大的有鱼露(增长62%)、渔网(增长28%)。", [("鱼露", 62, "%"), ("渔网", 28, "%")]),
    ("14户、39人实现转产。", [("实现转产", 14, "户"), ("实现转产", 39, "人")]),
    ("完成5座、870米栈桥加固修缮。", [("栈桥加固修缮", 5, "座"), ("栈桥加固修缮", 870, "米")]),
    ("产值超过30亿元的企业4家。", [("产值超过30亿元的企业", 4, "家")]),
    ("三次产业占比由去年同期的6:42:52调整为5:41:54。",
     [("三次产业占比", v, None) for v in (6, 42, 52, 5, 41, 54)]),
    ("人均收入4.1万元,其中沿海渔民人均收入5.2万元。",
     [("人均收入", 4.1, "万元"), ("沿海渔民人均收入", 5.2, "万元")]),
]  # fmt: skip

DEALT = [
    ("盗窃警情、溺水警情分别下降18.4%、27.5%。", [("盗窃警情", -18.4, "%"), ("溺水警情", -27.5, "%")]),
    ("纺织业、造纸业增加值分别增长8.8%和11.3%。",
     [("纺织业增加值", 8.8, "%"), ("造纸业增加值", 11.3, "%")]),
    ("城乡居民人均消费支出分别增长3.6%和6.4%。",
     [("城镇居民人均消费支出", 3.6, "%"), ("农村居民人均消费支出", 6.4, "%")]),
    ("契税7.4亿元、车船税1.9亿元,同比分别增长16%、5.4%。",
     [("契税", 7.4, "亿元"), ("车船税", 1.9, "亿元"), ("契税", 16, "%"), ("车船税", 5.4, "%")]),
    ("清淤、护岸完成率分别达到91%、97%。", [("清淤完成率", 91, "%"), ("护岸完成率", 97, "%")]),
]  # fmt: skip

CHANGES = [
    ("水上交通警情同比下降14.7%。", [("水上交通警情", -14.7, "%")]),
    ("海水优良率比上年上升9个百分点。", [("海水优良率", 9, "个百分点")]),
    ("申报材料精简65%。", [("申报材料", -65, "%")]),
    ("压减围网面积31万亩,增加藻类面积19万亩、贝类7万亩。",
     [("围网面积", -31, "万亩"), ("藻类面积", 19, "万亩"), ("贝类", 7, "万亩")]),
    ("渔业增加值增长6.9%,高于全省2.3个百分点。",
     [("渔业增加值", 6.9, "%"), ("渔业增加值增速", 2.3, "个百分点")]),
    ("渔业投资增速为-6.7%。", [("渔业投资增速", -6.7, "%")]),
    ("河长考核排名全市第九、较去年上升4名。", [("河长考核", 9, "位"), ("河长考核", 4, "名")]),
    ("渔业产值增长3%,比同期增速高1.4个百分点。",
     [("渔业产值", 3, "%"), ("渔业产值增速", 1.4, "个百分点")]),
    ("出口贡献率为43%,拉动产值增长2.6个百分点。",
     [("出口贡献率", 43, "%"), ("拉动产值增长", 2.6, "个百分点")]),
    ("税收翻一番。", [("税收", 1, "番")]),
    ("城镇化率达到71.8%,提高0.6个百分点。", [("城镇化率", 71.8, "%"), ("城镇化率", 0.6, "个百分点")]),
    ("贷款余额640亿元,比年初增加27.3亿元。", [("贷款余额", 640, "亿元"), ("贷款余额", 27.3, "亿元")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "records"), LEFT_AND_RIGHT + INHERITED + DEALT + CHANGES)
def test_names_by_construction(sentence, records):
    assert told(sentence) == records


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("产值增长6.9%。", ["change"]),
        ("会员商户增加至46家。", ["level"]),
        ("绿化用地占规划用地的34.2%。", ["level"]),
        ("海岸驿站28家,完成目标任务118%。", ["level", "progress"]),
        ("完成年初预算的107%。", ["progress"]),
        ("参赛船数位列全镇第三。", ["rank"]),
        ("渔业增加值增速达到12.4%。", ["change"]),
        ("削减备案环节38项。", ["change"]),
    ],
)
def test_measures(sentence, measure):
    assert [m.measure for m in read_metrics(document("检查点位3处。" + sentence))][1:] == measure


@pytest.mark.parametrize(
    ("sentence", "name", "value", "qualifier", "scope"),
    [
        ("河长制考核位列全县第三。", "河长制考核", 3, "exact", "全县"),
        ("海漂清除率全省第六。", "海漂清除率", 6, "exact", "全省"),
        ("巡河得分排名均在全县前三位。", "巡河得分", 3, "lt", "全县"),
        ("护岸质量连续4年排名全县第二。", "护岸质量", 2, "exact", "全县"),
        ("集装箱运量增速居沿江城市港口首位。", "集装箱运量增速", 1, "exact", "沿江城市港口"),
        ("渔业产值居环渤海地区第二。", "渔业产值", 2, "exact", "环渤海地区"),
    ],
)
def test_ranks(sentence, name, value, qualifier, scope):
    (m,) = read_metrics(document(sentence))
    assert (m.indicator, m.value, m.unit, m.measure) == (name, value, "位", "rank")
    assert (m.qualifier, m.scope) == (qualifier, scope)


@pytest.mark.parametrize(
    "sentence",
    [
        "围绕“12+5”海洋产业发力。",
        "组建2+4+N护渔队。",
        "推进航道“70260”行动。",
        "落实“四个100%”要求。",
        "开通14号线、2号线。",
        "推进码头三期加固。",
        "落实六项禁令和15条管理规定。",
        "打造“20分钟亲海生活圈”和12分钟垂钓圈。",
        "拨打12345热线。",
        "印发云府〔2023〕15号文件。",
        "创建4A级景区和5G示范区。",
        "服务65岁以上老人。",
        "建设220千伏变电站。",
        "开展第一批主题教育,第一书记到岗。",
        "认真学习三中全会精神。",
        "实行24小时值班。",
        "打造一批特色渔村,做到一船一档。",
        "2022年3月26日召开会议。",
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
        ("一、2023年工作总结\n新增床位640个。", "actual"),
        ("二、2024年工作计划\n新增床位640个。", "plan"),
        ("一、2023年工作总结\n海岸驿站预计28家。", "estimate"),
        ("一、2023年工作总结\n力争新增床位640个。", "plan"),
        ("一、2023年工作总结\n主要预期目标是:产值增长5%。", "plan"),
        ("一、2023年工作总结\n渔业投资完成年度计划68.5%。", "actual"),
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
        ("由2021年的30场增加,力争2031年建成通航;开展活动20场。", TITLE, ("2023-01-01", "2023-12-31")),
    ],
)
def test_periods(body, title, period):
    last = read_metrics(document(body, title))[-1]
    found = tuple(None if day is None else str(day) for day in (last.period_start, last.period_end))
    assert found == period


def test_years_dealt_out():
    body = "一季度海水养殖增加值27亿元(2018和2019年同期涨幅分别为4.8%、1.2%)。"
    assert [str(m.period_start) for m in read_metrics(document(body, None))] == [
        "None",
        "2018-01-01",
        "2019-01-01",
    ]


def test_a_record_carries_its_evidence_and_base_value():
    body = "一、2023年工作总结\n 经济平稳。规上工业总产值 46.3 亿元。"
    (m,) = read_metrics(document(body))
    assert body[m.start : m.end] == m.written == "46.3 亿元"
    assert (m.value_base, m.unit_base, m.indicator_id) == (4630000000, "元", "industry_above_output")
    assert m.section == ("一、2023年工作总结", "经济平稳")
    assert m.sentence == "规上工业总产值 46.3 亿元。"
    assert m.rule == "left"


_PIECES = [
    "一、", "(一)", "\n", "。", ",", ";", "、", "(", ")", "“", "”", " ", "　", "\u200b", "\t", "分别",
    "其中", "等", "的", "第一", "前两位", "增长", "下降", "达到", "完成", "同比", "占", "比上年", "2023年",
    "截至6月底", "全市", "学位", "12.5", "1,234", "３", "三分之一", "61:23:16", "近", "超", "余", "万",
    "亿元", "%", "个", "家次", "平方米", "个百分点",
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
