"""Fixtures that every room shares."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real texts and pages beside the project; the test skips where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: real texts and pages stay outside the project")
    return SHARED


@pytest.fixture(scope="session")
def load_scorer(shared: Path) -> Callable[[str], ModuleType]:
    """Return a function that loads a scorer of ../shared/score by its name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, shared / "score" / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
