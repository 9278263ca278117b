"""Fixtures that every room shares."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real texts and pages beside the project; the test skips where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: real texts and pages stay outside the project")
    return SHARED
