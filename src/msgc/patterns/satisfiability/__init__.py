"""Whether a pattern can match the payloads of a message: never, possibly, or always."""

from __future__ import annotations

from typing import Any

from msgc.patterns.at_deploy import is_open
from msgc.patterns.grammar.problem import Path
from msgc.patterns.satisfiability.field_values import FieldValues, values_under
from msgc.patterns.satisfiability.matcher_verdicts import Verdict, few_values, verdict_of
from msgc.patterns.satisfiability.wording import why_always, why_never
from msgc.payloads.model import ObjectShape, StringShape
from msgc.record import Record
from msgc.runtime.matching.clauses import Clause
from msgc.runtime.matching.matching import Pattern

_ORDER: tuple[Verdict, ...] = ("always", "possible", "never")


class Satisfiability(Record):
    """What is known of a pattern before any message is sent, and the clause that decides it."""

    verdict: Verdict
    path: Path
    """Where the list of values stands in the pattern that decides; the top, if all of it does."""
    field: str
    reason: str
    alternatives: tuple[Satisfiability, ...] = ()
    """With `$or`: what is known of each alternative."""


def satisfiability(pattern: dict[str, Any], payload: ObjectShape) -> Satisfiability:
    """Return whether a pattern can match the payloads of a message.

    *Never* and *always* are certain: no valid payload matches, or all of them do. What can't be
    decided is *possible*.
    """
    return satisfiable(Pattern(pattern), PayloadValues(payload))


def satisfiable(pattern: Pattern, payload: PayloadValues) -> Satisfiability:
    """Return the same for a compiled pattern."""
    found = [_alternative(clauses, payload) for clauses in pattern.alternatives]
    best = min(found, key=lambda one: _ORDER.index(one.verdict))
    return best.replace(alternatives=tuple(found)) if len(found) > 1 else best


def verdict(pattern: Pattern, payload: PayloadValues) -> Verdict:
    """Return the same without a reason, in a fraction of the time."""
    found = (joint_verdict(clauses, payload)[0] for clauses in pattern.alternatives)
    return min(found, key=_ORDER.index)


class PayloadValues:
    """The values that patterns may find in payloads of a message, looked up once a name."""

    def __init__(self, payload: ObjectShape, *, undeclared: bool = True) -> None:
        """Look nothing up yet; with `undeclared`, senders may add what an open schema lacks."""
        self._payload = payload
        self._undeclared = undeclared
        self._fields: dict[str, FieldValues] = {}
        self._verdicts: dict[Clause, Verdict] = {}

    def verdict(self, clause: Clause) -> Verdict:
        """Return whether a clause holds, considered alone."""
        if clause not in self._verdicts:
            self._verdicts[clause] = clause_verdict(clause, self.of(clause.name))
        return self._verdicts[clause]

    def of(self, name: str) -> FieldValues:
        """Return the values that may stand under a dotted name."""
        if name not in self._fields:
            self._fields[name] = values_under(self._payload, name, undeclared=self._undeclared)
        return self._fields[name]


def joint_verdict(
    clauses: tuple[Clause, ...], payload: PayloadValues
) -> tuple[Verdict, Clause | None]:
    """Return whether clauses hold together, and the one that decides: one *never* is enough.

    Where several look into lists, each may hold in another element, and an absence only counts
    in the element that the others are in: then nothing is certain but that values can't be.
    """
    looked = [(clause, payload.of(clause.name)) for clause in clauses]
    entangled = sum([field.apart for _, field in looked]) > 1
    unsure: Clause | None = None
    for clause, field in looked:
        found = payload.verdict(clause)
        if entangled and field.apart and (found == "always" or clause.absent):
            found = "possible"
        if found == "never":
            return "never", clause
        if found == "possible":
            unsure = unsure or clause
    if unsure is not None:
        return "possible", unsure
    return "always", clauses[0] if len(clauses) == 1 else None


def _alternative(clauses: tuple[Clause, ...], payload: PayloadValues) -> Satisfiability:
    """Say which clause decides, and why."""
    found, clause = joint_verdict(clauses, payload)
    if clause is not None:
        reason = f"`{clause.name}` decides"
        if found == "never":
            reason = why_never(clause, payload.of(clause.name))
        elif found == "always":
            reason = why_always(clause, payload.of(clause.name))
        return Satisfiability(verdict=found, path=clause.path, field=clause.name, reason=reason)
    reason = ", ".join(why_always(clause, payload.of(clause.name)) for clause in clauses)
    return Satisfiability(verdict="always", path=(), field="", reason=reason)


def clause_verdict(clause: Clause, field: FieldValues) -> Verdict:
    """Return whether one list of values holds, considered alone."""
    if len(field.leaves) == 1 and not (field.anything or field.absent):
        return _leaf_verdict(clause, field.leaves[0])
    verdicts: set[Verdict] = {_leaf_verdict(clause, leaf) for leaf in field.leaves}
    if field.anything:
        verdicts.add("always" if {"exists": True} in clause.matchers else "possible")
    if field.absent:
        verdicts.add("always" if clause.absent else "never")
    return verdicts.pop() if len(verdicts) == 1 else "possible"


def _leaf_verdict(clause: Clause, leaf: Any) -> Verdict:
    opened = [one for one in clause.matchers if type(one) is not str and is_open(one)]
    if opened:
        return _with_opened(clause, opened, leaf)
    values = few_values(leaf)
    if values is not None:
        accepted = sum(map(clause.accepts, values))
        return "always" if accepted == len(values) else "possible" if accepted else "never"
    verdicts = {verdict_of(matcher, leaf) for matcher in clause.matchers}
    if "always" in verdicts:
        return "always"
    return "possible" if "possible" in verdicts else "never"


def _with_opened(clause: Clause, opened: list[Any], leaf: Any) -> Verdict:
    """Return the verdict of a clause with texts that are known at deploy: they may fit any text."""
    others = [matcher for matcher in clause.matchers if matcher not in opened]
    found = _leaf_verdict(Clause(clause.name, others, clause.path), leaf) if others else "never"
    fits = isinstance(leaf, StringShape) or any("anything-but" in each for each in opened)
    return "possible" if found == "never" and fits else found
