"""The reading of a sentence: what each number measures, called what, by which construction.

Numbers are read in order, and each reading leaves a focus behind: the name that a growth (增长6.9%) or an
elided clause (已建成7个) takes up. The constructions are tried from the most telling to the plainest.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal, NamedTuple

from extract import changes, names
from extract.clauses import Slot
from extract.dealing import Share, deal
from extract.enumeration import merged, parts_of, shared_tail
from extract.ranks import read_rank, scope_in
from extract.shares import read_progress, read_share
from extract.wording import either, words

Measure = Literal["level", "change", "rank", "progress"]

_GENERIC = re.compile(
    r"^(?:[两三五]年平均(?:增速|增长)?|当[季月]|本月|累计|增速|增幅|降幅|涨幅|同比|环比|(?:同比)?(?:增长|下降)|比重|占比|同期增速|总量|年?人均|户均|年均|平均)?$"
)
_ASPECT = re.compile(
    r"^(?:(?:(?:累计)?(?:新增|培育|认定)数|数量|完成率|总量|增速|增幅|增量|规模|总数|成绩|得分|排名|排位)(?:和|、|及)?){0,3}$"
)
_ASPECT_TAIL = re.compile(r"(?:总量|数量|增速|增幅|规模)$")
_ATTRIBUTE = re.compile(r"^(?:现价|可比|经济)?(?:总量|总额|规模)$")
_RATE_LIKE = re.compile(r"(?:率|比重|占比|比例|增速|增幅|水平|浓度)$")
_INVESTED = re.compile(r"(?:计划|预计|估算|概算)?(?:总投资|投资)(?:额|总额)?$")
_MONEY_NAME = re.compile(either(words("tails")["money"]) + "$")
_SAME_THING = re.compile(r"^(?:、|和|及|共)?(?:总)?(?:长度|里程|面积|建筑面积|长|共|计)?(?:约|共|达|为)?$")
_OF_INCOME = ("增收", "减收")
_NATURAL = re.compile(r"自然增长率(?:为|达|是)?$")
_RATE_TAIL = re.compile(r"(?:增速|降幅)$")
_COMPLETED = re.compile(r"^(?:完成率|完成比例|执行率|完成进度)$")
_BARE = re.compile(r"^(?:增加值|总?产值|产量|总产|单产|收入|营业收入|销售额|销量|面积|总量|利润|税收)$")
_FLOW = re.compile(
    r"(?:增加值|总?产值|零售总?额|固定资产投资|收入|销售额|营业额|进出口总?额|用电量|产量|吞吐量|周转量)(?:为|达|达到)?$"
)
_ALL = 100  # percent
_TASK = re.compile(
    r"^(?:为|占|完成)(?P<task>(?:全年|年度|[上下]半年|半年)?(?:任务|目标|计划)(?:任务)?)数?(?:的)?$"
)
_BASE_OPENER = re.compile(r"(?:同期|上年|去年|[一二三四]季度|月份?|全[国省市]|平均|水平)$")
_REACHED = re.compile(r"(?:达到|达|实现|为|至|到|突破|在)$")
_PLACED = re.compile(r"(?:排位|排名|位次|名次)$")
_FALLS = ("下降", "后移", "下滑", "退后", "退")
_MOVED = re.compile(
    r"^(?P<name>.{0,12}?)(?:在全[国省市区县州][\u4e00-\u9fff]{0,4})?(?P<verb>上升|提升|前移|晋升|进位|升|下降|后移|下滑|退后|退)了?$"
)
_PLACES = ("位", "名", "个位次", "位次")  # units of a change in rank
_MODIFIERS = frozenset(word for kind in words("modifiers").values() for word in kind)
_SIZES = ("length", "area", "person", "household", "volume")  # 8条、12公里道路 is one thing, 3亩、8条道路 two
_LONGEST_RUN = 4  # numbers that say one thing: 14户、39人
_WORK = either(words("work")["verbs"])
_ONLY_WORK = re.compile(rf"^{_WORK}{{1,2}}$")
_WORK_FIRST = re.compile(rf"^(?:{_WORK}|共|新|各类|并){{0,4}}")


class Claim(NamedTuple):
    """What a number states: name, measure, sign, scope of a rank, and the construction that told.

    `turn` is its place among how many that a deal gives out, which may be years.
    """

    name: str
    measure: Measure
    sign: int
    scope: str | None
    rule: str
    turn: tuple[int, int] | None = None


def _level(name: str, rule: str) -> Claim:
    return Claim(name, "level", 1, None, rule)


@dataclass
class Reader:
    """Reads the numbers of a paragraph, sentence by sentence.

    `focus` is the name last told and `dimension` that of its level; `levels` are the sentence's, for 分别,
    and `dealing` those told before a deal began;
    `share` the share just told; `ranked` the name last ranked and `ranks` the claims of a list of ranks still
    to come; `grew` that the last number was a change; `list_sign` the sign of a list of changes; `parting`
    that 其中 was read.
    """

    focus: str = ""
    whole: str = ""
    dimension: str = ""
    share: str = ""
    ranked: str = ""
    scope: str | None = None
    ranks: list[Claim] = field(default_factory=list)
    was_rank: bool = False
    grew: bool = False
    list_sign: int = 0
    parting: bool = False
    segment: int = 0
    task: bool = False
    levels: list[str] = field(default_factory=list)
    dealing: list[str] = field(default_factory=list)

    def read(self, slots: list[Slot]) -> list[Claim | None]:
        """Return the claim of each number of a sentence; None for an ordinal that is no rank."""
        self.levels, self.ranks, self.parting = [], [], False
        shares = deal(slots)
        return [self._claim(slots, index, shares.get(index)) for index in range(len(slots))]

    def _claim(self, slots: list[Slot], index: int, dealt: Share | None) -> Claim | None:
        slot = slots[index]
        if slot.quantity.form == "rank":
            return self._rank(slots, index)
        if not (slot.joined or slot.listed):
            self.list_sign = 0
        self.parting = (self.parting and slot.segment == self.segment) or slot.parts
        self.segment = slot.segment
        claim = self._dealt(slot, dealt) if dealt else None
        claim = claim or self._change(slot) or self._part(slot) or self._amount(slots, index)
        self._turn(claim, slot)
        return claim

    def _turn(self, claim: Claim, slot: Slot) -> None:
        """Turn the focus to what a claim names; a part (其中) leaves it on the whole."""
        self.grew, self.was_rank = claim.measure == "change", claim.measure == "rank"
        if self.was_rank:
            return
        self.share = claim.name if claim.rule == "share" else ""
        if claim.measure == "level" and self.levels[-1:] != [claim.name]:
            self.levels.append(claim.name)
        if claim.rule == "part" and not slot.in_bracket:
            self.focus, self.dimension = claim.name, slot.quantity.dimension
            return
        stays = claim.rule in ("pull", "share", "progress", "part") or _ATTRIBUTE.match(claim.name)
        if stays and self.focus:
            return
        growth = claim.rule in ("beside", "rate", "growth")
        self.focus = _RATE_TAIL.sub("", claim.name) if growth else claim.name
        if claim.measure == "level":
            self.whole = self.focus
            self.dimension = slot.quantity.dimension

    def _rank(self, slots: list[Slot], index: int) -> Claim | None:
        """Read a rank; of ranks joined by 、 (位列全镇第五、第三) the first tells names and scope of all."""
        slot = slots[index]
        if slot.joined and self.ranks:
            return self.ranks.pop(0)
        rank = read_rank(slot.left, slot.right)
        if rank is None:
            return None
        count = 1 + sum(1 for _ in takewhile(lambda other: other.joined, slots[index + 1 :]))
        name = names.left_name(rank.name)
        name = names.last_told(name) if count == 1 else name
        if not name:
            name = self.ranked if slot.listed and self.was_rank else self.focus or rank.scope or ""
        told = [self._ranked(each) for each in parts_of(name, count) or [name] * count]
        self.ranks = [Claim(each, "rank", 1, rank.scope, "rank") for each in told]
        self.ranked, self.was_rank = told[0], True
        return self.ranks.pop(0)

    def _ranked(self, name: str) -> str:
        """Name what is ranked: 增速 alone is that of the focus."""
        about = (self._thing() if name.endswith("数") else self.focus) or _ASPECT_TAIL.sub("", self.ranked)
        return merged(about, name) if _ASPECT.match(name) and about else name

    def _dealt(self, slot: Slot, share: Share) -> Claim:
        """Read a number behind 分别: a growth of its own name, or a level."""
        if share.place == 0:
            self.dealing = list(self.levels)
        name = share.resolved(self.dealing, self.focus) or names.left_name(slot.opener)
        turn = (share.place, share.count)
        dimension = slot.quantity.dimension
        change = changes.read_change(
            share.verb, relative=dimension in changes.RELATIVE, points=dimension == "points"
        )
        if change:
            return Claim(name, "change", change.sign, None, "dealt", turn)
        measure: Measure = "change" if name.endswith(("增速", "增幅")) else "level"
        return Claim(name, measure, 1, None, "dealt", turn)

    def _change(self, slot: Slot) -> Claim | None:
        dimension = slot.quantity.dimension
        relative = dimension in changes.RELATIVE
        if dimension == "doubling":
            return Claim(names.left_name(slot.left) or self.focus, "change", 1, None, "doubled")
        if self.list_sign and slot.listed:
            return Claim(names.left_name(slot.left), "change", self.list_sign, None, "object")
        change = changes.read_change(slot.left, relative=relative, points=dimension == "points")
        if change is None and not relative and (change := changes.read_object(names.strip_lead(slot.left))):
            self.list_sign = change.sign
        negative = slot.quantity.value < 0 and not _NATURAL.search(slot.left)
        if change is None and relative and (negative or self._is_base_rate(slot)):
            change = changes.Change("" if slot.in_bracket else slot.left, 1, "", "growth")
        if change is None and slot.quantity.written_unit in _PLACES and (moved := _MOVED.match(slot.left)):
            name = merged(self.focus, names.left_name(moved["name"])) if self.focus else self.ranked
            return Claim(name, "change", -1 if moved["verb"] in _FALLS else 1, scope_in(slot.left), "growth")
        if change is None or not (relative or change.name or slot.previous or self.focus):
            return None
        name = change.name if change.rule == "pull" else self._changed(slot, change)
        return Claim(name, "change", change.sign, None, change.rule)

    def _is_base_rate(self, slot: Slot) -> bool:
        """Tell whether a bracket gives the rate that a growth is compared with: 较上年同期(3.2%)."""
        return (
            self.grew and slot.in_bracket and not slot.left and _BASE_OPENER.search(slot.opener) is not None
        )

    def _changed(self, slot: Slot, change: changes.Change) -> str:
        """Name what grew: by the phrase, what opens its bracket, the clause before, or the focus."""
        points = slot.quantity.dimension == "points"
        name = names.left_name(change.name)
        if _GENERIC.match(name) and slot.opener and not self._is_base_rate(slot):
            name = names.left_name(slot.opener)
        if change.verb in _OF_INCOME and name.endswith("均"):
            return name + "收入"
        if self._is_base_rate(slot):
            return self.focus
        if _GENERIC.match(name):
            of_rank = self.ranked if slot.quantity.written_unit in _PLACES else ""
            name = of_rank or (self.share if points else "") or names.topic(slot.previous) or self.focus
        again = points and self.grew and name == self.focus
        if _RATE_LIKE.search(name):
            return name
        return name + (change.of_rate or ("增速" if again else ""))

    def _part(self, slot: Slot) -> Claim | None:
        """Read a share or a progress."""
        if slot.quantity.dimension != "ratio" and slot.quantity.form != "fraction":
            return None
        left = names.without_origin(slot.left)
        if progress := read_progress(left):
            return Claim(
                names.left_name(progress[0]) or self.focus or progress[1], "progress", 1, None, "progress"
            )
        if slot.left == "的" and self.task:
            return Claim(self.focus, "progress", 1, None, "progress")
        if share := read_share(left):
            return _level(f"{names.left_name(share[0]) or self.focus}占{share[1]}的比重", "share")
        return None

    def _amount(self, slots: list[Slot], index: int) -> Claim:
        """Read a level: its name stands left of the number, right of its unit, or in a clause before."""
        slot = slots[index]
        self.task = bool(_TASK.match(slot.left)) and slot.right.startswith("的")
        if self.task and (task := _TASK.match(slot.left)):
            return Claim(self.focus + task["task"], "level", 1, None, "progress")
        left = self._left(slot)
        right = self._right(slots, index)
        if slot.quantity.written_unit == "位" and (_PLACED.search(left) or (not left and self.was_rank)):
            return self._placed(slot, left)
        if _COMPLETED.match(left) and self.focus:
            return Claim(self.focus + left, "progress", 1, None, "progress")
        noun = right and not names.begins_with_predicate(right)
        quantity = slot.quantity
        if quantity.dimension in ("ratio", "points") or (quantity.unit is None and not quantity.magnitude):
            leads = slot.left == "" and not slot.joined and quantity.form != "ratio"
            right = right if quantity.form != "ratio" else ""
            return self._beside(slot, left, right if leads or not self.focus else "")
        if quantity.dimension.startswith("money"):
            return self._money(slot, left, right)
        reached = left and slot.right.startswith("的") and _REACHED.search(slot.left)
        return _level(right, "right") if noun and not reached else self._beside(slot, left, right)

    def _placed(self, slot: Slot, left: str) -> Claim:
        """Read a rank that is told as a number: 在全国城市的排位由53位升至47位."""
        if left:
            self.ranked, self.scope = self.focus or left, scope_in(left)
        return Claim(self.ranked, "rank", 1, self.scope, "rank")

    def _money(self, slot: Slot, left: str, right: str) -> Claim:
        invested = _INVESTED.search(slot.left)
        if invested and (slot.right.startswith("的") or not left):
            return _level(invested.group(), "invested")
        noun = right and not names.begins_with_predicate(right) and not slot.right.startswith("的")
        if noun and len(left) <= 3 and not _MONEY_NAME.search(left):
            return _level(right, "right")
        return self._beside(slot, left, right)

    def _left(self, slot: Slot) -> str:
        """Return the name left of a number; 占比 alone is that of the focus."""
        phrase = slot.left
        if not slot.first and phrase.endswith("、"):
            return ""
        if not (slot.first or slot.listed):
            pair = names.parted(phrase)
            phrase = pair[1] if pair else names.behind_predicate(phrase)
        left = names.left_name(phrase)
        if _GENERIC.match(left):
            if left in ("人均", "户均") and self.focus and "均" not in self.focus:
                return left + self.focus
            return self.focus + left if left in ("占比", "比重") and self.focus else ""
        return left

    def _right(self, slots: list[Slot], index: int) -> str:
        """Return the name right of a number; joined by 、 the last has it for all: 5座、870米栈桥."""
        slot = slots[index]
        run = slots[index : index + _LONGEST_RUN]
        lists = len(run) > 1 and run[1].joined and run[1].quantity.dimension not in _SIZES
        if lists and len(slot.left) > 4 and self._left(slot):
            return ""
        for slot, follows in zip(run, [*run[1:], None], strict=True):
            in_clause = follows is not None and follows.clause_start == slot.clause_start
            if not (in_clause and _SAME_THING.match(slot.right)):
                break
        if slot.right.startswith(("、", "和", "及", "与")):
            return ""
        if in_clause and (pair := names.parted(slot.right)):
            return pair[0]
        phrase = slot.right.split("、")[0] if in_clause else slot.right
        return names.right_name(phrase, people=slot.quantity.dimension in ("person", "household"))

    def _beside(self, slot: Slot, left: str, right: str) -> Claim:
        """Name a level by its left phrase, else its right one, else by what the text before is about."""
        if left and _BARE.match(left) and slot.first:
            left = merged(names.topic(slot.previous), left)
        if left and slot.quantity.dimension == "ratio" and _FLOW.search(left) and slot.quantity.value != _ALL:
            return Claim(left, "change", 1, None, "growth")
        if left:
            return self._elided(slot, left) or self._of_whole(slot, left) or _level(left, "left")
        if right:
            named = "其中" in slot.left and names.begins_with_predicate(right) and right not in self.focus
            return _level(self.focus + right if named else right, "right")
        opener = names.left_name(slot.opener) if slot.in_bracket and not slot.left else ""
        if opener and slot.quantity.dimension not in changes.RELATIVE:
            return _level(opener, "left")
        if self.share and slot.quantity.dimension == "ratio":
            return _level(self.share, "share")
        whole = self._thing() if "总数" in slot.left else ""
        return _level(names.topic(slot.previous) or whole or self.focus, "elided")

    def _thing(self) -> str:
        """Return what the focus is about without its verbs of work: 清理垃圾 is about 垃圾."""
        return _WORK_FIRST.sub("", self.focus)

    def _elided(self, slot: Slot, verb: str) -> Claim | None:
        """Name by a verb of work that stands alone, with the object it leaves out: 检修路灯60处,更换52处."""
        alone = (
            _ONLY_WORK.match(verb)
            and (slot.first or slot.listed)
            and self.dimension == slot.quantity.dimension
        )
        if not alone or not self.focus:
            return None
        return _level(verb if verb in self.focus else verb + self._thing(), "elided")

    def _of_whole(self, slot: Slot, part: str) -> Claim | None:
        """Name a part in brackets or after 其中 with the head of the whole: 养殖面积40万亩(海水25万亩)."""
        same = self.dimension == slot.quantity.dimension
        whole = self.whole or self.focus
        alike = same and (part in _MODIFIERS or (shared_tail(whole) and not shared_tail(part)))
        if not alike or not (slot.in_bracket or self.parting):
            return None
        return _level(merged(part, _WORK_FIRST.sub("", whole) or whole), "part")
