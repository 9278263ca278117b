"""What a run could not get, told at its end: an issue for each kind of failure and not for each address."""

from collections import defaultdict

from scrapers.answer import Answer
from scrapers.capture import Level, Outcome
from scrapers.record import Recorder

_EXAMPLES = 20


class Failures:
    """Collects failed answers and addresses left out, and writes them as issues when it is told to."""

    def __init__(self, recorder: Recorder, noun: str, *, stopped: Level = "error") -> None:
        """`noun` says what was asked for, in the singular; `stopped` the level of a host left alone."""
        self._recorder = recorder
        self._noun = noun
        self._stopped: Level = stopped
        self._failed: defaultdict[Outcome, list[Answer]] = defaultdict(list)
        self._skipped: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, answer: Answer) -> None:
        """Take note of an answer that failed."""
        self._failed[answer.outcome].append(answer)

    def skip(self, url: str, why: str) -> None:
        """Take note of an address that was not asked for since its host is left alone."""
        self._skipped[why].append(url)

    def tell(self) -> None:
        """Write an issue for each outcome and for each reason why a host is left alone."""
        for outcome, answers in self._failed.items():
            first = answers[0]
            message = f"{first.reason}; {len(answers)} {self._noun}s ended as {outcome}"
            urls = [answer.url for answer in answers[:_EXAMPLES]]
            self._recorder.issue("warning", f"{self._noun}_{outcome}", first.url, message, {"urls": urls})
        for why, urls in self._skipped.items():
            message = f"the host {why}; {len(urls)} {self._noun}s were not asked for"
            self._recorder.issue(self._stopped, "host_stopped", urls[0], message, {"urls": urls[:_EXAMPLES]})
