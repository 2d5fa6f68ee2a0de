"""`LaterRule`: a rule that is imported for files that have a word which it is about."""

from __future__ import annotations

from importlib import import_module
from typing import assert_never, cast

from msgc.diagnostics import Code, Severity
from msgc.lint.rule import Rule
from msgc.record import Record


class LaterRule(Record):
    """A rule that isn't imported yet."""

    code: Code
    words: frozenset[str]
    """Keys of the file: without all of these there is nothing to find."""

    @property
    def rule(self) -> Rule:
        """The rule itself, imported; its code is this one, by which comments ignore it."""
        return _loaded(self.code.name).replace(code=self.code)


def later(
    id: str,  # noqa: A002  # the code's own word
    name: str,
    severity: Severity,
    *words: str,
) -> LaterRule:
    """Return a rule that is about some of these words; a test holds it to its module."""

    def explain() -> str:
        return _loaded(name).code.explain()

    code = Code(id=id, name=name, severity=severity, explain=explain)
    return LaterRule(code=code, words=frozenset(words))


def loaded(rule: Rule | LaterRule) -> Rule:
    """Return a rule, imported if it isn't yet."""
    match rule:
        case Rule():
            return rule
        case LaterRule():
            return rule.rule
        case _:
            assert_never(rule)


def _loaded(name: str) -> Rule:
    module = name.replace("-", "_")
    return cast("Rule", getattr(import_module(f"msgc.lint.rules.{module}"), module))
