"""Whether a pattern can match the payloads of a message: never, possibly, or always."""

from __future__ import annotations

from typing import Any

from msgc.patterns.problem import Path
from msgc.patterns.sight import Sight, look
from msgc.patterns.values import Verdict, values_of, verdict_of
from msgc.patterns.wording import why_always, why_never
from msgc.payloads.model import ObjectShape
from msgc.record import Record
from msgc.runtime.clauses import Clause
from msgc.runtime.matching import Pattern


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
    return satisfiable(Pattern(pattern), Sights(payload))


def satisfiable(pattern: Pattern, sights: Sights) -> Satisfiability:
    """Return the same for a compiled pattern, and what patterns see of a payload."""
    found = [_alternative(clauses, sights) for clauses in pattern.alternatives]
    order: tuple[Verdict, ...] = ("always", "possible", "never")
    best = min(found, key=lambda one: order.index(one.verdict))
    return best.replace(alternatives=tuple(found)) if len(found) > 1 else best


class Sights:
    """What patterns see of one payload, looked up once for each name."""

    def __init__(self, payload: ObjectShape, *, strangers: bool = True) -> None:
        """Look at nothing yet; `strangers` may send properties that an open schema lacks."""
        self._payload = payload
        self._strangers = strangers
        self._sights: dict[str, Sight] = {}

    def of(self, name: str) -> Sight:
        """Return what may stand under a dotted name."""
        if name not in self._sights:
            self._sights[name] = look(self._payload, name, strangers=self._strangers)
        return self._sights[name]


def _alternative(clauses: tuple[Clause, ...], sights: Sights) -> Satisfiability:
    """Join clauses: one that never holds is enough, and all have to hold for certain.

    Where several look into lists, each may hold in another element, and an absence only counts
    in the element that the others are in: then nothing is certain but that values can't be.
    """
    entangled = sum(sights.of(clause.name).apart for clause in clauses) > 1
    unsure: Clause | None = None
    for clause in clauses:
        sight = sights.of(clause.name)
        verdict = clause_verdict(clause, sight)
        if entangled and sight.apart and (verdict == "always" or clause.absent):
            verdict = "possible"
        if verdict == "never":
            return _decided(verdict, clause, why_never(clause, sight))
        if verdict == "possible":
            unsure = unsure or clause
    if unsure is not None:
        return _decided("possible", unsure, f"`{unsure.name}` decides")
    if len(clauses) == 1:
        return _decided("always", clauses[0], why_always(clauses[0], sights.of(clauses[0].name)))
    reason = ", ".join(why_always(clause, sights.of(clause.name)) for clause in clauses)
    return Satisfiability(verdict="always", path=(), field="", reason=reason)


def _decided(verdict: Verdict, clause: Clause, reason: str) -> Satisfiability:
    return Satisfiability(verdict=verdict, path=clause.path, field=clause.name, reason=reason)


def clause_verdict(clause: Clause, sight: Sight) -> Verdict:
    """Return whether one list of values holds, looked at by itself."""
    verdicts: set[Verdict] = {_leaf_verdict(clause, leaf) for leaf in sight.leaves}
    if sight.anything:
        verdicts.add("always" if {"exists": True} in clause.matchers else "possible")
    if sight.absent:
        verdicts.add("always" if clause.absent else "never")
    return verdicts.pop() if len(verdicts) == 1 else "possible"


def _leaf_verdict(clause: Clause, leaf: Any) -> Verdict:
    values = values_of(leaf)
    if values is not None:
        accepted = sum(map(clause.accepts, values))
        return "always" if accepted == len(values) else "possible" if accepted else "never"
    verdicts = {verdict_of(matcher, leaf) for matcher in clause.matchers}
    if "always" in verdicts:
        return "always"
    return "possible" if "possible" in verdicts else "never"
