"""Sort losses by what they hang on, and find what a thing was perhaps renamed to."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import nearest
from msgc.evolution.inventory.entry import Entry, Made
from msgc.evolution.losses import DELETES, Loss
from msgc.record import Record


class Family(Record):
    """A loss with those that follow from it: a queue's dead letters go with the queue."""

    head: Loss
    others: tuple[Loss, ...] = ()
    heir: Made | None = None
    """What it was perhaps renamed to."""

    @property
    def all(self) -> tuple[Loss, ...]:
        """The loss itself, and those that follow from it."""
        return (self.head, *self.others)


def families(found: Iterable[Loss], known: Iterable[Entry], made: Iterable[Made]) -> list[Family]:
    """Return losses with what hangs on them; `known` is all that was held."""
    losses = tuple(found)
    deleted = {loss.entry.key: loss for loss in losses if loss.how in DELETES}
    followers: dict[str, list[Loss]] = {key: [] for key in deleted}
    heads: list[Loss] = []
    for loss in losses:
        if loss.how in {"attributes", "envelope"} and not deleted.keys().isdisjoint(loss.entry.of):
            continue  # they aren't sent to what is gone
        root = _root(loss, deleted)
        if root is loss:
            heads.append(loss)
        else:
            followers[root.entry.key].append(loss)
    before = tuple(known)
    identities = {each.identity for each in before}
    keys = {each.key for each in before}
    fresh = tuple(m for m in made if m.entry.identity not in identities and m.entry.key not in keys)
    return [_family(head, followers.get(head.entry.key, []), fresh) for head in heads]


def _family(head: Loss, others: list[Loss], fresh: tuple[Made, ...]) -> Family:
    if head.how not in DELETES:
        return Family(head=head)
    heir = _heir(head.entry, fresh) if head.how == "dropped" else None
    return Family(head=head, others=tuple(others), heir=heir)


def _root(loss: Loss, deleted: dict[str, Loss]) -> Loss:
    """Return what a loss follows from: whatever it hangs on that goes, too."""
    seen: set[str] = set()
    while loss.how in DELETES and loss.entry.key not in seen:
        seen.add(loss.entry.key)
        above = next((key for key in loss.entry.of if key in deleted and key not in seen), None)
        if above is None:
            break
        loss = deleted[above]
    return loss


def _heir(lost: Entry, fresh: tuple[Made, ...]) -> Made | None:
    """Return the one new thing that is as the lost one was, but for its name."""
    alike = [m for m in fresh if _is_alike(m.entry, lost)]
    same = [m for m in alike if m.entry.keeps == lost.keeps and m.entry.waits == lost.waits]
    for candidates in (same, alike):
        if len(candidates) == 1:
            return candidates[0]
    named = {m.entry.called: m for m in same or alike}
    near = nearest(lost.called, named)
    return named[near] if near is not None else None


def _is_alike(made: Entry, lost: Entry) -> bool:
    if (made.type, made.stack, made.on_wire) != (lost.type, lost.stack, lost.on_wire):
        return False
    if lost.type:
        derived = lost.type == "AWS::SQS::Queue" and bool(lost.of) != bool(made.of)
        return _nameless(made) == _nameless(lost) and not derived
    return bool(set(made.of) & set(lost.of))


def _nameless(entry: Entry) -> dict[str, str]:
    """Return fixed properties without the thing's own name, which may stand in them."""
    own = entry.called
    return {
        key: text.replace(own, "*").replace(own.replace("-", "_"), "*")
        for key, text in entry.fixed.items()
    }
