"""Check a filter as a whole against the payloads: whether it never or always matches."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Diagnostic
from msgc.filtering import codes
from msgc.filtering.edge_filter import EdgeFilter
from msgc.patterns.satisfiability import (
    PayloadValues,
    Satisfiability,
    joint_verdict,
    satisfiable,
    verdict,
)
from msgc.patterns.satisfiability.wording import kind
from msgc.runtime.matching.clauses import Clause
from msgc.topology.messages import Message

_Path = tuple[str | int, ...]
_TOLD = 3
"""Of how many types it is told why none passes."""


def clauses_together(edge_filter: EdgeFilter) -> Iterator[Diagnostic]:
    """Yield what is wrong with a filter whose clauses are possible one by one.

    Most filters are done with after a look at one message.
    """
    pattern = edge_filter.pattern
    if all(_is_never(edge_filter, message) for message in edge_filter.messages):
        yield _never(edge_filter)
        return
    yield from _never_passing(edge_filter)
    if len(pattern.alternatives) > 1:
        yield from _dead_branches(edge_filter)
    if edge_filter.key == "filter":  # a raw pattern has to name the types
        yield from _always(edge_filter)


def _is_never(edge_filter: EdgeFilter, message: Message) -> bool:
    return verdict(edge_filter.pattern, edge_filter.payload_values(message)) == "never"


def _reasoned(edge_filter: EdgeFilter, message: Message) -> Satisfiability:
    return satisfiable(edge_filter.pattern, edge_filter.payload_values(message))


def _never(edge_filter: EdgeFilter) -> Diagnostic:
    found = {message: _reasoned(edge_filter, message) for message in edge_filter.messages}
    told = [f"of `{message.name}`, {one.reason}" for message, one in found.items()]
    more = f"; and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return codes.NEVER_MATCHES.at(
        edge_filter.key_of(next(iter(found.values())).path),
        f"`{edge_filter.edge.name}` lets nothing through: {'; '.join(told[:_TOLD])}{more}",
        help="give each type a subscription and a filter of its own",
    )


def _never_passing(edge_filter: EdgeFilter) -> Iterator[Diagnostic]:
    """Yield a finding for each type that an edge names and its filter never matches.

    An edge that names none takes what the filter leaves it.
    """
    if edge_filter.edge.named is None:
        return
    for message in edge_filter.messages:
        if _is_never(edge_filter, message):
            why = _reasoned(edge_filter, message)
            yield codes.MESSAGE_NEVER_PASSES.at(
                edge_filter.key_of(why.path),
                f"`{edge_filter.edge.name}` takes `{message.name}`, and its {edge_filter.key} "
                f"lets none through: {why.reason}",
                help=f"take `{message.name}` out of `messages`, or give it a subscription of "
                "its own",
            )


def _dead_branches(edge_filter: EdgeFilter) -> Iterator[Diagnostic]:
    """Yield the branches of `$or` that can never match."""
    alive: set[_Path] = set()
    dead: dict[_Path, str] = {}
    for i, clauses in enumerate(edge_filter.pattern.alternatives):
        branches = {branch for clause in clauses for branch in _branches(clause.path)}
        payload_values = map(edge_filter.payload_values, edge_filter.messages)
        if all(joint_verdict(clauses, one)[0] == "never" for one in payload_values):
            reason = _reasoned(edge_filter, edge_filter.messages[0]).alternatives[i].reason
            dead |= {branch: reason for branch in sorted(branches, key=len) if branch not in dead}
        else:
            alive |= branches
    told: set[_Path] = set()
    for branch, reason in dead.items():
        if branch not in alive and told.isdisjoint(_branches(branch)):
            told.add(branch)
            yield codes.DEAD_BRANCH.at(
                edge_filter.span_of(branch),
                f"this alternative never matches: {reason}",
                help="take it away, or ask for fields that one message has together",
            )


def _branches(path: _Path) -> list[_Path]:
    """Return the branches of `$or`s that a clause is in, the outermost first."""
    ends = [i + 1 for i, step in enumerate(path) if isinstance(step, int)]
    return [path[:end] for end in ends]


def _always(edge_filter: EdgeFilter) -> Iterator[Diagnostic]:
    """Yield a finding if a filter, or a clause of it, always matches."""
    edge, pattern = edge_filter.edge, edge_filter.pattern
    messages = edge_filter.messages
    if "filter_on" in edge.way.options:  # a filter may be what tells types apart
        messages = tuple(dict.fromkeys((*messages, *edge.origin.messages)))
    payload_values = [edge_filter.payload_values(message) for message in messages]
    if all(verdict(pattern, one) == "always" for one in payload_values):
        yield codes.MATCHES_EVERYTHING.at(
            edge_filter.key_of(()),
            f"the filter of `{edge.name}` lets everything through: "
            f"{satisfiable(pattern, payload_values[0]).reason}",
            help="take the filter away",
        )
    elif len(pattern.alternatives) == 1:
        for clause in pattern.alternatives[0]:
            if all(one.verdict(clause) == "always" for one in payload_values):
                yield codes.ALWAYS_MATCHES.at(
                    edge_filter.key_of(clause.path),
                    f"this always matches: `{clause.name}` {_told(clause, payload_values[0])}",
                    help="take it away",
                )


def _told(clause: Clause, payload_values: PayloadValues) -> str:

    values = payload_values.of(clause.name)
    there = "" if values.absent else ", and always there"
    return f"{kind(values)}{there}" if values.leaves else "is never a value"
