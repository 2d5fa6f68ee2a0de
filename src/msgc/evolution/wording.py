"""What findings say of things that are lost, and of what is lost with them."""

from __future__ import annotations

from msgc.evolution.inventory.entry import Entry
from msgc.evolution.inventory.kinds import CONFIRMED, FOREVER, KINDS
from msgc.evolution.losses import Loss

_SHOWN = 3


def holding(entry: Entry) -> str:
    """Return what would be lost with a thing; nothing, if nobody would miss anything."""
    if entry.on_wire:
        return "a name that others know" if entry.others else ""
    if entry.removal and not entry.names:
        return ""  # it stays, and nothing new can meet it
    if entry.fixed.get("Protocol") in CONFIRMED:
        return f"the confirmation that `{entry.fixed['Endpoint']}` gave"
    if "StartingPosition" in entry.fixed:
        return "its place in the stream"
    return _of_its_kind(entry)


def _of_its_kind(entry: Entry) -> str:
    kind = KINDS.get(entry.type)
    if kind is None:
        return ""
    if FOREVER in entry.keeps.values():
        return "all its events since it was made"
    said = kind.holds + kind.archived if entry.keeps else kind.holds
    return said.format(keeps=_keeps(entry))


def _keeps(entry: Entry) -> str:
    return spoken(next(iter(entry.keeps.values()), ""))


def spoken(duration: str) -> str:
    """Return `4 days` for `4d`."""
    number, unit = duration[:-1], _UNITS.get(duration[-1:])
    if unit is None or not number.isdecimal():
        return duration
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


_UNITS = {"d": "day", "h": "hour", "m": "minute", "s": "second"}


def subject(entry: Entry) -> str:
    """Return ``the queue `checkout-invoicing` ``."""
    if entry.on_wire:
        return f"the {'type' if entry.called else 'source'} `{entry.wire}`"
    kind = KINDS.get(entry.type)
    noun = (kind.noun or kind.prefix) if kind is not None else entry.prefix
    return f"the {noun} `{next(iter(entry.names.values()), entry.called)}`"


def along(losses: tuple[Loss, ...]) -> str:
    """Return what goes with something, those first that hold most."""
    ordered = sorted(losses, key=lambda loss: _rank(loss.entry))
    shown = [
        f"`{loss.entry.key}`" + (f" ({held})" if (held := holding(loss.entry)) else "")
        for loss in ordered[:_SHOWN]
    ]
    more = len(ordered) - _SHOWN
    if more > 0:
        shown.append(f"{more} more")
    return "; with it go " + _listed(shown) if shown else ""


def _rank(entry: Entry) -> tuple[bool, bool, bool]:
    """Return what comes first: messages and events, then confirmations, and names at last."""
    return not entry.keeps, not holding(entry), entry.type == "AWS::SSM::Parameter"


def _listed(found: list[str]) -> str:
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def quoted(found: tuple[str, ...]) -> str:
    """Return texts in a row: `a`, `b` and `c`."""
    return _listed([f"`{each}`" for each in found])
