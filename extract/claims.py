"""What a number states, and what a paragraph has told so far: the thread that elided clauses take up."""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extract.clauses import Slot
from extract.wording import either, words

Measure = Literal["level", "change", "rank", "progress"]

_ATTRIBUTE = re.compile(r"^(?:现价|可比|经济)?(?:总量|总额|规模)$")
_RATE_TAIL = re.compile(r"(?:增速|降幅)$")
_HOLDER = re.compile(either(words("counted")["holders"]) + "$")
_WORK = either(words("work")["verbs"])
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


def level(name: str, rule: str) -> Claim:
    """Return the claim of an amount."""
    return Claim(name, "level", 1, None, rule)


def without_work(name: str) -> str:
    """Drop the verbs of work before what a name is about: 清理垃圾 is about 垃圾."""
    return _WORK_FIRST.sub("", name)


@dataclass
class Thread:
    """What the numbers of a paragraph have told so far.

    `focus` is the name last told, `whole` that of the level whose parts may follow and `dimension` the
    level's; `holder` the schools last counted; `rate` the name of a growth rate just told and `share` of a
    share; `counted` are the sentence's levels by unit, `levels` in order for 分别, `dealing` the names told
    before a deal began and `dealt` those it gave out; `ranked` is the name last ranked, `scope` among whom,
    and `ranks` the claims of a list of ranks still to come; `grew` and `was_rank` tell what the last number
    was; `list_sign` is the sign of a list of changes; `parting` tells that 其中 was read in the sentence,
    `task` that a target's amount was.
    """

    focus: str = ""
    whole: str = ""
    holder: str = ""
    rate: str = ""
    dimension: str = ""
    share: str = ""
    ranked: str = ""
    scope: str | None = None
    ranks: list[Claim] = field(default_factory=list)
    was_rank: bool = False
    grew: bool = False
    list_sign: int = 0
    parting: bool = False
    task: bool = False
    counted: dict[str, str] = field(default_factory=dict)
    levels: list[str] = field(default_factory=list)
    last_level: tuple[str, str | None] = ("", None)
    dealing: list[str] = field(default_factory=list)
    dealt: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Begin a sentence."""
        self.levels, self.ranks, self.dealt = [], [], []
        self.parting, self.holder = False, ""
        self.counted.clear()
        self.last_level = ("", None)

    def deal(self, count: int) -> None:
        """Begin a deal of `count` numbers: it may take up the growths just dealt, else the levels told."""
        growths = self.dealt if self.grew and len(self.dealt) == count else None
        self.dealing, self.dealt = growths or list(self.levels), []

    def reach(self, slot: Slot) -> None:
        """Come to a number: lists and parts end where it stands outside them."""
        if not (slot.joined or slot.listed):
            self.list_sign = 0
        self.parting = self.parting or slot.parts

    def turn(self, claim: Claim, slot: Slot) -> None:
        """Turn the focus to what a claim names; a part (其中) leaves it on the whole."""
        self.grew, self.was_rank = claim.measure == "change", claim.measure == "rank"
        if self.was_rank:
            return
        if claim.measure == "level" and slot.quantity.written_unit:
            self.counted[slot.quantity.written_unit] = claim.name
        self.share = claim.name if claim.rule == "share" else ""
        told = (claim.name, slot.quantity.written_unit)
        if claim.measure == "level" and told != self.last_level:
            self.levels.append(claim.name)
            self.last_level = told
        self.rate = claim.name if claim.name.endswith(("增速", "降幅")) else ""
        if (
            claim.measure == "level"
            and slot.quantity.dimension in ("item", "establishment")
            and _HOLDER.search(claim.name)
        ):
            self.holder = without_work(claim.name)
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

    def thing(self) -> str:
        """Return what the focus is about without its verbs of work."""
        return without_work(self.focus)
