"""Lay out the classes of messages in modules: one for each message, and one for each shared part.

A message's own parts stand in its module, below it. A part that several messages have stands in
`parts`, in a module of its own, with what only it is made of: so that whoever imports a message
makes no class that it doesn't need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgc.emit.stubs.messages.circles import circles
from msgc.emit.stubs.messages.sharing import Occurrence, occurrences, one_each
from msgc.emit.stubs.writing.names import message_module
from msgc.payloads.class_names import LONGEST, RESERVED
from msgc.payloads.identifiers import Taken
from msgc.payloads.model import ObjectShape
from msgc.record import Record
from msgc.topology.messages import Message
from msgc.topology.names import snake

PARTS = "parts"
"""The package of shared parts, in `messages`."""


class Place(Record):
    """A class or an enumeration: its name in Python, and its module (`order_placed`)."""

    name: str
    module: str


class Module(Record):
    """A module of `messages`: what it defines, in the order in which people read it."""

    name: str
    """`order_placed`, `parts.address`."""
    message: Message | None
    """The message that it is about; None: a part that several messages have."""
    defined: tuple[Occurrence, ...]
    places: dict[str, Place]
    """Where that is which the shapes in it name."""
    aliases: dict[str, Place]
    """What parts of this message would be called if it had them alone."""


class Layout(Record):
    """All modules of a service's messages."""

    modules: tuple[Module, ...]

    @property
    def exports(self) -> dict[str, str]:
        """What the package exports, and the module relative to it; of two, the first in the file.

        Messages come before shared parts, and these before those of one message.
        """
        found = {m.message.name: f".{m.name}" for m in self.modules if m.message is not None}
        for module in sorted(self.modules, key=lambda module: module.message is not None):
            for each in module.defined:
                place = module.places[each.named.name]
                found.setdefault(place.name, f".{place.module}")
        for module in self.modules:
            for alias in module.aliases:
                found.setdefault(alias, f".{module.name}")
        return found


class _Group:
    """A class or an enumeration, with all its occurrences."""

    def __init__(self, members: list[Occurrence]) -> None:
        self.members = members
        self.first = members[0]
        self.messages = list(dict.fromkeys(each.message for each in members))
        self.home = ""
        self.name = ""


def layout(messages: Sequence[Message]) -> Layout:
    """Return the modules of messages."""
    if len(messages) == 1:
        alone = _alone(messages[0])
        if alone is not None:
            return Layout(modules=(alone,))
    found = [occurrences(number, message.payload) for number, message in enumerate(messages)]
    groups = [_Group(members) for members in _groups(found, messages)]
    of = {each: group for group in groups for each in group.members}
    _name(groups, found, of, messages)
    entries = _settle(groups, of, messages)
    own = _modules_of_messages(found, of, messages)
    shared = _modules_of_parts(entries, found, of)
    return Layout(modules=(*own, *shared))


def is_union(each: Occurrence) -> bool:
    """Whether it is a message that is one of several classes, and has none of its own."""
    return isinstance(each.named, ObjectShape) and each.named.alternatives is not None


def _alone(message: Message) -> Module | None:
    """Return the module of a message whose parts can't be one; None: some might be."""
    found = occurrences(0, message.payload)
    if len({each.short for each in found.values()}) < len(found):
        return None
    name = message_module(message)
    return Module(
        name=name,
        message=message,
        defined=tuple(found.values()),
        places={local: Place(name=local, module=name) for local in found},
        aliases={},
    )


def _groups(
    found: Sequence[dict[str, Occurrence]], messages: Sequence[Message]
) -> list[list[Occurrence]]:
    """Return what is one class; messages stay apart where their modules would need each other."""
    every = [each for some in found for each in some.values()]
    unions = [some[message.name] for some, message in zip(found, messages, strict=True)]
    apart = {each for union in unions if is_union(union) for each in (union, *union.uses)}
    if len(found) == 1:
        return one_each(every, apart=apart)
    roots = {some[message.name] for some, message in zip(found, messages, strict=True)}
    groups = one_each(every, apart=apart)
    of = {each: members for members in groups for each in members}
    for root in roots:
        if len(of[root]) > 1 and any(
            not roots.isdisjoint(of[each]) for each in _below(root) if each is not root
        ):
            return one_each(every, apart=roots | apart)
    return groups


def _below(top: Occurrence) -> Iterable[Occurrence]:
    seen = {top: None}
    waiting = [top]
    while waiting:
        for part in waiting.pop().uses:
            if part not in seen:
                seen[part] = None
                waiting.append(part)
    return seen


def _name(
    groups: Sequence[_Group],
    found: Sequence[dict[str, Occurrence]],
    of: dict[Occurrence, _Group],
    messages: Sequence[Message],
) -> None:
    """Give each group its name; parts of one message keep theirs, whatever others have."""
    taken = Taken({*RESERVED, *(message.name for message in messages)})

    def free(name: str, group: _Group) -> bool:
        others = (found[number].get(name) for number in group.messages)
        return all(other is None or of[other] is group for other in others)

    for group in groups:
        first = group.first
        local = first.named.name
        root = next((m for m in group.members if m.named is messages[m.message].payload), None)
        if root is not None:
            group.name = root.named.name
        elif len(group.members) == 1:
            group.name = local
        else:
            longer = f"{messages[first.message].name}{first.short}"
            shared = len(group.messages) > 1
            wanted = [first.short, local, longer] if shared else [longer, local]
            wanted = [name for name in wanted if name == first.short or len(name) <= LONGEST]
            fitting = [n for n in wanted if free(n, group) and not (shared and n in taken)]
            group.name = fitting[0] if fitting else wanted[0] if shared else local
            if shared:
                while True:
                    group.name = taken.unique(group.name)
                    if free(group.name, group):
                        break


def _settle(
    groups: Sequence[_Group], of: dict[Occurrence, _Group], messages: Sequence[Message]
) -> dict[str, _Group]:
    """Give each group its module; return the modules of shared parts, with what each is about."""
    shared: list[_Group] = []
    for group in groups:
        root = next((m for m in group.members if m.named is messages[m.message].payload), None)
        if root is not None or len(group.messages) == 1:
            group.home = message_module(messages[(root or group.first).message])
        else:
            shared.append(group)
    about: dict[str, _Group] = {}
    names = Taken(())
    for circle in reversed(list(circles(shared, lambda group: [of[u] for u in group.first.uses]))):
        inside = set(circle)
        homes: dict[str, None] = {}
        entries: dict[_Group, None] = {}
        for group in circle:
            for user in dict.fromkeys(of[u] for each in group.members for u in each.users):
                if user not in inside:
                    homes[user.home] = None
                    entries[group] = None
        if len(homes) == 1:
            home = next(iter(homes))
        else:
            entry = min(entries, key=lambda group: group.name)
            home = f"{PARTS}.{names.unique(snake(entry.name), '_')}"
            about[home] = entry
        for group in circle:
            group.home = home
    return about


def _modules_of_messages(
    found: Sequence[dict[str, Occurrence]],
    of: dict[Occurrence, _Group],
    messages: Sequence[Message],
) -> Iterable[Module]:
    for number, message in enumerate(messages):
        name = message_module(message)
        places, defined = _seen_from(found[number], of, name)
        aliases = _aliases(message, places, found[number], of)
        yield Module(name=name, message=message, defined=defined, places=places, aliases=aliases)


def _modules_of_parts(
    about: dict[str, _Group],
    found: Sequence[dict[str, Occurrence]],
    of: dict[Occurrence, _Group],
) -> Iterable[Module]:
    for name, entry in sorted(about.items()):
        places, defined = _seen_from(found[entry.first.message], of, name)
        ordered = sorted(defined, key=lambda each: of[each] is not entry)
        yield Module(name=name, message=None, defined=tuple(ordered), places=places, aliases={})


def _seen_from(
    found: dict[str, Occurrence], of: dict[Occurrence, _Group], module: str
) -> tuple[dict[str, Place], tuple[Occurrence, ...]]:
    """Return where the names of a message lead, and what of them a module defines."""
    places: dict[str, Place] = {}
    defined: dict[_Group, Occurrence] = {}
    for local, each in found.items():
        group = of[each]
        places[local] = Place(name=group.name, module=group.home)
        if group.home == module:
            defined.setdefault(group, each)
    return places, tuple(defined.values())


def _aliases(
    message: Message,
    places: dict[str, Place],
    found: dict[str, Occurrence],
    of: dict[Occurrence, _Group],
) -> dict[str, Place]:
    """Return the names that parts would have if no other message had them, where they differ."""
    inside = {place.name for place in places.values()}
    several: dict[_Group, list[str]] = {}
    for local, each in found.items():
        if isinstance(each.named, ObjectShape) and each.named.short != each.named.name:
            several.setdefault(of[each], []).append(local)
    out: dict[str, Place] = {}
    for group, locals_ in several.items():
        alone = locals_[0] if len(locals_) == 1 else f"{message.name}{group.first.short}"
        ours = len(group.messages) > 1 and alone.startswith(message.name)
        if ours and alone not in inside and len(alone) <= LONGEST:
            out[alone] = places[locals_[0]]
    return out
