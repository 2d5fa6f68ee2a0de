"""Tell of what an edit loses, where it stands, and what would keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgc.diagnostics import Code, Diagnostic, Edit, listing
from msgc.evolution.codes import (
    GRANT_WITHDRAWN,
    LOSES_DATA,
    MOVES,
    NAME_TAKEN,
    REPLACES,
    STOPS_DELIVERY,
    UNPROTECTED,
)
from msgc.evolution.families import Family
from msgc.evolution.former_name import was
from msgc.evolution.inventory.entry import ALONE, Entry, Made
from msgc.evolution.inventory.kinds import KINDS
from msgc.evolution.losses import DELETES, Loss
from msgc.evolution.places import place
from msgc.evolution.wording import along, holding, quoted, spoken, subject
from msgc.source import Span
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.placement import MAIN

_FILTER_DELAY = (
    "SNS takes up to 15 minutes until the filter of a new subscription works "
    "(https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html)"
)


def findings(family: Family, topology: Topology, made: Mapping[str, Made]) -> Iterator[Diagnostic]:
    """Yield what there is to say of a loss."""
    span, head = place(family, topology, made), family.head
    if head.how not in DELETES:
        yield _softly(head, span)
        return
    if head.how == "moved" and (said := _why_it_cant_move(family)):
        yield _moved(family, span, said)
        return
    taken = _taken(family, made)
    if taken is not None:
        yield _name_taken(family, taken, span)
        return
    held = [loss for loss in family.all if holding(loss.entry)]
    if not held and _moves(family, topology):
        return
    yield _code(held).at(span, _deleted(family, made), help=_help(family, held), fix=_fix(family))
    yield from _filtered_late(family, span)


def _moves(family: Family, topology: Topology) -> bool:
    """Whether what goes is an edge of a place that is being replaced: it is made on the new one."""
    replaced = {f"{kind_of(place).word}/{place.built_as}" for place in topology.replacements.heirs}
    return not replaced.isdisjoint(family.head.entry.of)


def _why_it_cant_move(family: Family) -> str:
    """Return why something can't go to another stack; nothing, if it could."""
    head = family.head
    entry, to = head.entry, head.made.entry.stack if head.made is not None else ""
    if any(loss.entry.names for loss in family.all if loss.how == "moved"):
        return (
            f"the deployment would fail: {subject(entry)} lies in the stack `{entry.stack}`, and"
            f" `{to}` can't make it as long as it is there"
        )
    if entry.type == "AWS::SNS::Subscription":
        return (
            f"{subject(entry)} would be gone after the deployment: SNS takes what `{to}` makes for"
            f" what `{entry.stack}` has, and that is deleted"
        )
    return ""


def _moved(family: Family, span: Span, said: str) -> Diagnostic:
    head = family.head
    entry, to = head.entry, head.made.entry.stack if head.made is not None else ""
    back = (
        f"take it, or what it lies with, away from `{to}`"
        if entry.stack == MAIN
        else f"name it, or what it lies with, in `{entry.stack}`"
    )
    return MOVES.at(
        span,
        f"{said}{_where(head)}{_with(entry, holding(entry))}{along(family.others)}",
        help=f"{back}: nothing moves by itself; if it was moved with CloudFormation's stack"
        f' refactoring, `msgc build --accept {entry.key} --why "..."`',
    )


def _code(held: list[Loss]) -> Code:
    if not held:
        return REPLACES
    return LOSES_DATA if any(loss.is_protected for loss in held) else UNPROTECTED


def _deleted(family: Family, made: Mapping[str, Made]) -> str:
    head = family.head
    entry, held = head.entry, holding(head.entry)
    said = f"{_what_happens(head)}{_where(head)}{_with(entry, held)}"
    if f"bus/{entry.called}" in made and entry.type == "AWS::SNS::Topic":
        said = f"`{entry.called}` turns from a topic into a bus: {said}"
    elif family.heir is not None:
        said = f"`{entry.called}` looks renamed to `{family.heir.entry.called}`: {said}"
    return said + along(family.others)


def _what_happens(head: Loss) -> str:
    entry, end = head.entry, "left behind" if head.entry.removal else "deleted"
    if entry.on_wire:
        if head.made is None:
            return f"{subject(entry)} is no longer sent"
        return f"{subject(entry)} would be `{head.made.entry.wire}`"
    match head.how:
        case "moved":
            to = head.made.entry.stack if head.made is not None else ""
            return f"{subject(entry)} would go to the stack `{to}`: a new one, and the old {end}"
        case "replaced":
            kind = KINDS.get(entry.type)
            options = kind.options if kind is not None else {}
            words = [options.get(each, each).rpartition(".")[2] for each in head.what]
            what = f"{quoted(tuple(dict.fromkeys(words)))} can't change: " if words else ""
            return f"{what}{subject(entry)} would be made anew, and the old one {end}"
        case _:
            return f"{subject(entry)} would be {end}"


def _where(loss: Loss) -> str:
    """Return in which environments something is lost."""
    named = tuple(each for each in loss.environments if each != ALONE)
    return f" in {quoted(named)}" if named else ""


def _with(entry: Entry, held: str) -> str:
    if not held:
        return ""
    if entry.on_wire:
        return f", {held}: publishers that still run send the old one"
    return f", with {held}"


def _help(family: Family, held: list[Loss]) -> str:
    key = family.head.entry.key
    accept = f'`msgc build --accept {key} --why "..."`'
    if family.heir is not None:
        same = f"write `was: {family.head.entry.called}` under `{family.heir.entry.called}`"
        return f"if it is the same, {same}; if it is meant to go, {accept}" if held else same
    if not held:
        return "nothing is lost that waits; the next build forgets it"
    if family.head.made is None:
        return f"put it back; or, if it is meant to go, {accept}"
    return f"put it back as it was; or, if it is meant, {accept}"


def _fix(family: Family) -> tuple[Edit, ...]:
    return () if family.heir is None else was(family.heir.declared, family.head.entry.called)


def _taken(family: Family, made: Mapping[str, Made]) -> Made | None:
    """Return what of the new has the name of the old under another id: it can't be made."""
    for loss in family.all:
        before = loss.entry
        for other in made.values():
            after = other.entry
            if after.type != before.type or not before.type or after.id == before.id:
                continue
            same = before.names.items() & after.names.items()
            endpoint = before.type == "AWS::SNS::Subscription" and before.fixed == after.fixed
            if same or endpoint:
                return other
    return None


def _name_taken(family: Family, new: Made, span: Span) -> Diagnostic:
    entry, taken = family.head.entry, new.entry
    if taken.type == "AWS::SNS::Subscription":
        said = (
            f"{subject(taken)} would be gone after the deployment: SNS takes it for the old "
            f"`{entry.called}`, which is deleted last"
        )
    else:
        said = (
            f"the deployment would fail: {subject(taken)} is there already, as `{entry.key}`, and "
            f"`{taken.key}` can't be made beside it"
        )
    return NAME_TAKEN.at(
        span,
        said,
        help=f"write `was: {entry.called}` under `{taken.called}`, which keeps what is there; or "
        "give it another `name`",
        fix=was(new.declared, entry.called),
    )


def _filtered_late(family: Family, span: Span) -> Iterator[Diagnostic]:
    head = family.head
    now = head.made or family.heir
    if head.entry.type != "AWS::SNS::Subscription" or now is None:
        return
    if now.entry.filter and now.entry.filter != head.entry.filter:
        said = f"{subject(head.entry)} is made anew with another filter: messages can be missed"
        yield STOPS_DELIVERY.at(
            span, said, help=f"change one after the other, in two deployments: {_FILTER_DELAY}"
        )


_SIDE_BY_SIDE = (
    "where others read it, declare the new form as a message with a `type` of its own, and publish"
    " both until nobody reads the old one"
)


def _other_envelope(entry: Entry, after: Entry) -> str:
    """Say that a message is sent in another form, and who isn't ready for that."""
    now = "would come in CloudEvents" if after.envelope else "would no longer come in CloudEvents"
    return (
        f"`{entry.called}` {now}: its handlers can't read what publishers that still run send, nor"
        " filters look into it"
    )


def _softly(loss: Loss, span: Span) -> Diagnostic:
    """Tell of a loss of something that stays."""
    entry = loss.entry
    accept = f'put it back; or, if it is meant, `msgc build --accept {entry.key} --why "..."`'
    errors = LOSES_DATA if loss.is_protected else UNPROTECTED
    after = loss.made.entry if loss.made is not None else entry
    match loss.how:
        case "shorter":
            (what,) = loss.what
            now = after.keeps.get(what)
            lost = (
                f"{subject(entry)} keeps {what} for {spoken(now)}"
                if now
                else (f"{subject(entry)} keeps no {what} any more")
            )
            before = spoken(entry.keeps[what])
            said = f"{lost}, and kept them for {before}: older ones would be deleted{_where(loss)}"
            return errors.at(span, said, help=accept)
        case "attributes":
            come = "comes" if len(loss.what) == 1 else "come"
            said = f"{quoted(loss.what)} no longer {come} with `{entry.called}` as an attribute"
            others = ": filters of others that ask for it let nothing through"
            code = errors if entry.others else STOPS_DELIVERY
            return code.at(span, said + others, help=accept)
        case "envelope":
            code = errors if entry.others else STOPS_DELIVERY
            return code.at(span, _other_envelope(entry, after), help=f"{_SIDE_BY_SIDE}; {accept}")
        case "grants":
            verbs = {"publish": "publish to", "read": "read"}
            rights = [each.partition(" ") for each in loss.what]
            lost = listing([f"{verbs[verb]} `{place}`" for verb, _, place in rights], "or")
            said = (
                f"`{entry.called}` may no longer {lost}: what of it still runs outside of the"
                " stack is refused there"
            )
            helps = "deploy its code without that first, and this stack then"
            return GRANT_WITHDRAWN.at(span, said, help=helps)
        case "off":
            off = f"{subject(entry)} is switched off{_where(loss)}"
            said = f"{off}: what comes meanwhile doesn't wait for it"
            helps = "what it would have delivered is lost, unless an archive has it"
        case "filter":
            said = (
                f"the filter of `{entry.key}` lets less through: what waits in the queue and "
                "doesn't match is deleted"
            )
            helps = "deploy it when nothing waits that is still wanted"
        case _:
            said = (
                f"{quoted(loss.what)} may wait in {subject(entry)}, and its handler won't know it"
            )
            helps = "let the queue run empty before the new handler is deployed"
    return STOPS_DELIVERY.at(span, said, help=helps)
