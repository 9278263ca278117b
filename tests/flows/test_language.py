"""The program speaks both languages whole: no message is left in English for a Chinese reader."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

from flows import cli
from flows.language import catalogue, preferred
from flows.questions import CHANGED, CHANGED_IN, GONE
from flows.site_status import State
from flows.translated import paragraphs
from warehouse.mart import HERE

FLOWS = Path(cli.__file__).parent
CHECKS = [path.stem.replace("_", " ") for path in (HERE / "checks").glob("*.sql")]


def messages() -> Iterator[str]:
    """Yield every English message: help texts, option helps, and what the code hands to `t`."""
    yield from ("Usage:", "Options", "Commands")
    yield from _of_command(cli.program)
    for path in FLOWS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ListComp | ast.GeneratorExp) and _is_t(node.elt):
                yield from _strings(node.generators[0].iter)
            elif _is_t(node):
                yield from _strings(node.args[0])
            elif isinstance(node, ast.FunctionDef) and node.name == "_places":
                yield from (text for text in _strings(node) if " " in text)


def _is_t(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t"


def _strings(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value


def _of_command(command: click.Command) -> Iterator[str]:
    yield from paragraphs(command.help)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield parameter.help
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _of_command(found)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        (["--lang", "zh", "status"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["status", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang"], {}, "en"),
        (["--lang", "klingon"], {}, "en"),
    ],
)
def test_the_flag_goes_before_the_locale(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert preferred(arguments, environment) == language


def test_every_message_has_its_chinese() -> None:
    wanted = {*messages(), *get_args(State), *CHECKS}
    assert not sorted(message for message in wanted if message and message not in catalogue())


def test_no_chinese_is_left_over_from_a_message_that_is_gone() -> None:
    code = {*messages(), *get_args(State), *CHECKS, "Show this message and exit."}
    columns = {name for name in catalogue() if any(name in sql for sql in (CHANGED, CHANGED_IN, GONE))}
    assert not sorted(set(catalogue()) - code - columns)


def test_placeholders_are_the_same_in_both() -> None:
    for english, chinese in catalogue().items():
        assert sorted(part.split("}")[0] for part in english.split("{")[1:]) == sorted(
            part.split("}")[0] for part in chinese.split("{")[1:]
        ), english
