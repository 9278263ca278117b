"""Fixtures that every room shares."""

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[1] / ".venv-tools" / "bin"
SHARED = Path(__file__).resolve().parents[2] / "shared"
Tool = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name long bytes by their length: what is compressed has its second in it, and processes that share the
    tests must call them the same.
    """
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 16 else None


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


@pytest.fixture(scope="session")
def tools() -> Path:
    """Return the folder of the programs that others check with; the test skips where it is missing."""
    if not TOOLS.is_dir():
        pytest.skip(".venv-tools is not here: make it with `python3 bootstrap.py --beside tools`")
    return TOOLS


@pytest.fixture(scope="session")
def tool(tools: Path) -> Tool:
    """Return a function that runs one of those programs with its arguments."""

    def run(name: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [tools / name, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
