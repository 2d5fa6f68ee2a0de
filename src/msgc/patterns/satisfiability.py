"""Whether a pattern can match the payloads of a message: never, possibly, or always."""

from __future__ import annotations

from typing import Any

from msgc.patterns.problem import Path
from msgc.patterns.sight import Sight, look
from msgc.patterns.values import Verdict, few_values, verdict_of
from msgc.patterns.wording import why_always, why_never
from msgc.payloads.model import ObjectShape
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
    return satisfiable(Pattern(pattern), Sights(payload))


def satisfiable(pattern: Pattern, sights: Sights) -> Satisfiability:
    """Return the same for a compiled pattern, and what patterns see of a payload."""
    found = [_alternative(clauses, sights) for clauses in pattern.alternatives]
    best = min(found, key=lambda one: _ORDER.index(one.verdict))
    return best.replace(alternatives=tuple(found)) if len(found) > 1 else best


def verdict(pattern: Pattern, sights: Sights) -> Verdict:
    """Return the same without a reason, in a fraction of the time."""
    found = (settled(clauses, sights)[0] for clauses in pattern.alternatives)
    return min(found, key=_ORDER.index)


class Sights:
    """What patterns see of one payload, looked up once for each name."""

    def __init__(self, payload: ObjectShape, *, strangers: bool = True) -> None:
        """Look at nothing yet; `strangers` may send properties that an open schema lacks."""
        self._payload = payload
        self._strangers = strangers
        self._sights: dict[str, Sight] = {}
        self._verdicts: dict[Clause, Verdict] = {}

    def verdict(self, clause: Clause) -> Verdict:
        """Return whether a clause holds, looked at by itself."""
        if clause not in self._verdicts:
            self._verdicts[clause] = clause_verdict(clause, self.of(clause.name))
        return self._verdicts[clause]

    def of(self, name: str) -> Sight:
        """Return what may stand under a dotted name."""
        if name not in self._sights:
            self._sights[name] = look(self._payload, name, strangers=self._strangers)
        return self._sights[name]


def settled(clauses: tuple[Clause, ...], sights: Sights) -> tuple[Verdict, Clause | None]:
    """Join clauses: one that never holds is enough, and all have to hold for certain.

    Where several look into lists, each may hold in another element, and an absence only counts
    in the element that the others are in: then nothing is certain but that values can't be.
    """
    looked = [(clause, sights.of(clause.name)) for clause in clauses]
    entangled = sum([sight.apart for _, sight in looked]) > 1
    unsure: Clause | None = None
    for clause, sight in looked:
        found = sights.verdict(clause)
        if entangled and sight.apart and (found == "always" or clause.absent):
            found = "possible"
        if found == "never":
            return "never", clause
        if found == "possible":
            unsure = unsure or clause
    if unsure is not None:
        return "possible", unsure
    return "always", clauses[0] if len(clauses) == 1 else None


def _alternative(clauses: tuple[Clause, ...], sights: Sights) -> Satisfiability:
    """Say which clause decides, and why."""
    found, clause = settled(clauses, sights)
    if clause is not None:
        reason = f"`{clause.name}` decides"
        if found == "never":
            reason = why_never(clause, sights.of(clause.name))
        elif found == "always":
            reason = why_always(clause, sights.of(clause.name))
        return Satisfiability(verdict=found, path=clause.path, field=clause.name, reason=reason)
    reason = ", ".join(why_always(clause, sights.of(clause.name)) for clause in clauses)
    return Satisfiability(verdict="always", path=(), field="", reason=reason)


def clause_verdict(clause: Clause, sight: Sight) -> Verdict:
    """Return whether one list of values holds, looked at by itself."""
    if len(sight.leaves) == 1 and not (sight.anything or sight.absent):
        return _leaf_verdict(clause, sight.leaves[0])
    verdicts: set[Verdict] = {_leaf_verdict(clause, leaf) for leaf in sight.leaves}
    if sight.anything:
        verdicts.add("always" if {"exists": True} in clause.matchers else "possible")
    if sight.absent:
        verdicts.add("always" if clause.absent else "never")
    return verdicts.pop() if len(verdicts) == 1 else "possible"


def _leaf_verdict(clause: Clause, leaf: Any) -> Verdict:
    values = few_values(leaf)
    if values is not None:
        accepted = sum(map(clause.accepts, values))
        return "always" if accepted == len(values) else "possible" if accepted else "never"
    verdicts = {verdict_of(matcher, leaf) for matcher in clause.matchers}
    if "always" in verdicts:
        return "always"
    return "possible" if "possible" in verdicts else "never"
