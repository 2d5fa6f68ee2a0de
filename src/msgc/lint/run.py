"""Run every rule, and report one that crashes without stopping the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.diagnostics import Diagnostic, in_order
from msgc.links.model import Links
from msgc.lint.later import LaterRule
from msgc.lint.registry import RULES
from msgc.lint.rule import RULE_CRASHED, Rule
from msgc.lint.subject import Deployed, Subject, nothing_deployed
from msgc.topology.error_recovery import ErrorRecovery
from msgc.topology.model import Topology

RESOURCE_LIMIT = 500
"""Resources in one CloudFormation stack: a hard limit of AWS."""


def lint(  # noqa: PLR0913  # what it is told of the file, and of around it
    topology: Topology,
    links: Links,
    *,
    resource_limit: int | None = RESOURCE_LIMIT,
    rules: Iterable[Rule | LaterRule] = RULES,
    recovery: ErrorRecovery | None = None,
    deployed: Deployed = nothing_deployed,
) -> tuple[Diagnostic, ...]:
    """Return what the rules find, in the order of the file.

    `resource_limit` is how many resources a stack may have; None counts none. `recovery` is about
    the sound parts of a file with errors: what may be a consequence of these isn't told. `deployed`
    tells what is deployed, to whoever asks.
    """
    subject = Subject(
        topology,
        links,
        resource_limit=resource_limit,
        is_whole=recovery is None,
        deployed=deployed,
    )
    diagnostics: list[Diagnostic] = []
    for rule in _about(rules, subject):
        try:
            found = [
                rule.code.at(
                    f.span, f.message, help=f.help, labels=f.labels, steps=f.steps, fix=f.fix
                )
                for f in rule.check(subject)
            ]
            diagnostics += (
                found if recovery is None else recovery.certain(found, absence=rule.absence)
            )
        except Exception as error:  # noqa: BLE001  # a rule's bug must not hide what others found
            diagnostics.append(_crashed(rule, topology, error))
    return in_order(diagnostics)


def _about(rules: Iterable[Rule | LaterRule], subject: Subject) -> Iterator[Rule]:
    """Yield the rules that may find something; others aren't even imported."""
    for each in rules:
        match each:
            case Rule():
                yield each
            case LaterRule(words=words):
                if not words.isdisjoint(subject.words):
                    yield each.rule
            case _:
                assert_never(each)


def _crashed(rule: Rule, topology: Topology, error: Exception) -> Diagnostic:
    span = next((key.span for key, _ in topology.root.items()), topology.root.span)
    return RULE_CRASHED.at(
        span,
        f"the rule `{rule.code.name}` crashed: {type(error).__name__}: {error}",
        help="this is a bug in msgc; please report it with this file",
    )
