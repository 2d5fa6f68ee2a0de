"""What an argument of the kit is where it is left out: a module for all environments says it."""

from __future__ import annotations

import inspect
from ast import literal_eval
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from msgc import kit
from msgc.emit.cdk.choices import LEFT_OUT

SETTINGS = [
    each
    for module in vars(kit).values()
    if inspect.ismodule(module) and module.__name__.startswith("msgc.kit.")
    for name, each in vars(module).items()
    if name.endswith(("Settings", "Reading")) and hasattr(each, "__optional_keys__")
]


def methods() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The methods of the kit; functions make nothing, and are chosen whole."""
    for name, each in inspect.getmembers(kit.Messaging, inspect.isfunction):
        if each.__module__.startswith("msgc.kit") and not name.startswith("_"):
            yield name, each


@pytest.mark.parametrize(("name", "each"), [pytest.param(*c, id=c[0]) for c in methods()])
def test_a_keyword_may_be_none_or_the_printer_knows_its_default(
    name: str, each: Callable[..., Any]
) -> None:
    known = LEFT_OUT.get(f"self.{name}(", {})
    defaults = {
        parameter.name: parameter.default
        for parameter in inspect.signature(each).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        and parameter.default not in (inspect.Parameter.empty, None)
    }
    assert {word: literal_eval(text) for word, text in known.items()} == defaults


def test_the_printer_knows_methods_alone() -> None:
    assert {f"self.{name}(" for name, _ in methods()} >= LEFT_OUT.keys()


def test_there_are_settings() -> None:
    assert len(SETTINGS) > 5


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda each: each.__name__)
def test_a_setting_that_may_be_left_out_may_be_none(settings: Any) -> None:
    for key, hint in settings.__annotations__.items():
        text = hint.__forward_arg__
        assert text.startswith("Required[") or text.endswith("| None"), key
