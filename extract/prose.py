"""The numbers of a document's running text, sentence by sentence.

The way of a number: the body is folded and cut into sections and sentences (`outline`), numbers are found
(`numbers`) and names, dates and slogans left out (`traps`), each number is read in its clause (`reading`),
and gets its status, period, base value and canonical indicator.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.clauses import Slot, slots
from extract.document import Document
from extract.fold import Folded, fold
from extract.frames import frame
from extract.indicators import indicator_id
from extract.metric import VERSION, Metric
from extract.names import place
from extract.numbers import Quantity, scan
from extract.outline import Sentence, sentences
from extract.period import Period
from extract.reading import Claim, Reader
from extract.status import Mood
from extract.timing import Timeline
from extract.traps import Quoted, is_trap
from extract.units import to_base
from extract.wrapping import unwrapped

_COUNTRY = ("全国", "我国")


def prose_metrics(document: Document, tables: Sequence[tuple[int, int]] = ()) -> Iterator[Metric]:
    """Read the metrics of a body's sentences; `tables` are spans of the body that are none, sorted."""
    yield from _Pass(document, tables).metrics()


class _Numbers:
    """The numbers of a text in order, to be handed out sentence by sentence."""

    def __init__(self, found: list[Quantity]) -> None:
        self._found = found
        self._next = 0

    def within(self, sentence: Sentence) -> list[Quantity]:
        """Return what lies in a sentence, with offsets in it; what lies before it is passed over."""
        found, last = self._found, len(self._found)
        while self._next < last and found[self._next].start < sentence.start:
            self._next += 1
        first = self._next
        while self._next < last and found[self._next].end <= sentence.end:
            self._next += 1
        shift = sentence.start
        return [
            each._replace(start=each.start - shift, end=each.end - shift)
            for each in found[first : self._next]
        ]


class _Pass:
    """One reading of one document."""

    def __init__(self, document: Document, tables: Sequence[tuple[int, int]]) -> None:
        self._document = document
        self._folded: Folded = fold(unwrapped(document.body))
        self._tables = tables
        self._title = fold(document.title).text if document.title else None
        self._told = frame(self._title, self._folded.text)
        self._timeline = Timeline(self._published(), self._told)

    def _published(self) -> Period | None:
        day = self._document.issued_on or self._document.published_on
        return Period(day.year) if day else None

    def metrics(self) -> Iterator[Metric]:
        """Go through the sentences of the body."""
        text = self._folded.text
        quoted = Quoted(text)
        numbers = _Numbers([number for number in scan(text) if not is_trap(text, number, quoted)])
        reader = Reader()
        for sentence in sentences(text, self._title, self._told):
            if self._in_table(sentence):
                continue
            if sentence.opens:
                reader = Reader()
                self._timeline.paragraph()
            self._timeline.sentence(text[sentence.start : sentence.end], sentence.section)
            if found := numbers.within(sentence):
                yield from self._sentence(sentence, found, reader)

    def _is_elsewhere(self, subject: str | None) -> bool:
        """Tell whether a number is told of the country, or of the province by an office below it."""
        by_province = "省" in (self._document.title or "") + (self._document.publisher or "")
        return subject in _COUNTRY or (subject == "全省" and not by_province)

    def _in_table(self, sentence: Sentence) -> bool:
        at = self._folded.origin[sentence.start]
        index = bisect_right(self._tables, (at, len(self._document.body))) - 1
        return index >= 0 and at < self._tables[index][1]

    def _sentence(self, sentence: Sentence, numbers: list[Quantity], reader: Reader) -> Iterator[Metric]:
        text = self._folded.text[sentence.start : sentence.end]
        placed, mood = slots(text, numbers), Mood(text)
        for slot, claim in zip(placed, reader.read(placed), strict=True):
            if claim is not None and claim.name:
                yield self._metric(sentence, mood, slot, claim)

    def _metric(self, sentence: Sentence, mood: Mood, slot: Slot, claim: Claim) -> Metric:
        quantity = slot.quantity
        start, end = self._folded.span(sentence.start + quantity.start, sentence.start + quantity.end)
        first, last = self._folded.span(sentence.start, sentence.end)
        body = self._document.body
        value = quantity.value * claim.sign
        value_base, unit_base = to_base(value, quantity.magnitude, quantity.unit)
        subject = place(slot.left or (slot.opener if slot.in_bracket else ""))
        period = self._timeline.period_at(quantity.start, slot.clause_start)
        if claim.turn:
            dealt = self._timeline.period_of_turn(*claim.turn, quantity.start, slot.clause_start)
            period = dealt or period.part(*claim.turn)
        ahead, behind = self._timeline.ahead(period), self._timeline.behind(period)
        period_start, period_end = period.dates()
        return Metric(
            payload_digest=self._document.payload_digest,
            extractor_version=VERSION,
            start=start,
            end=end,
            written=body[start:end],
            sentence=body[first:last],
            section=sentence.section.path,
            indicator=claim.name,
            indicator_id=None
            if self._is_elsewhere(subject)
            else indicator_id(claim.name, claim.measure, quantity.dimension, value_base),
            subject=subject,
            measure=claim.measure,
            value=value,
            value_max=_signed(quantity, claim.sign),
            unit=quantity.written_unit,
            value_base=value_base,
            unit_base=unit_base,
            qualifier=quantity.qualifier,
            status=mood.status(sentence.section, slot, ahead=ahead, behind=behind),
            period_start=period_start,
            period_end=period_end,
            scope=claim.scope,
            rule=claim.rule,
        )


def _signed(quantity: Quantity, sign: int) -> Decimal | None:
    return None if quantity.value_max is None else quantity.value_max * sign
