"""Records made by hand, so that the page's tests do not hang on the rules that read numbers."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.metrics import Metric

Recorded = Callable[..., Metric]


@pytest.fixture
def recorded() -> Recorded:
    """Return a function that records the first `written` of a body."""

    def make(body: str, written: str, **fields) -> Metric:
        start = body.index(written)
        known = {
            "payload_digest": "sha256:00", "extractor_version": "0", "sentence": body, "section": (),
            "indicator": "指标甲", "indicator_id": None, "subject": None, "measure": "level",
            "value": Decimal(1), "value_max": None, "unit": "个", "value_base": None, "unit_base": None,
            "qualifier": "exact", "status": "actual", "period_start": None, "period_end": None,
            "scope": None, "rule": "left",
        }  # fmt: skip
        return Metric(**(known | fields), start=start, end=start + len(written), written=written)

    return make
