"""Environments: what each of them says, laid over the rest of the file."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Findings, Label, did_you_mean, listing
from msgc.record import Record
from msgc.resolve import codes, parse
from msgc.resolve.renames import check_former_names
from msgc.resolve.variables.environment_values import filled
from msgc.source import Span
from msgc.topology.environments import UNPROTECTED, Environment
from msgc.tree import Filled, Mapping, Node, Scalar, Sequence

_NAMED = ("queues", "topics", "buses", "subscriptions", "consumers", "producers")
_SETTINGS = ("defaults", "tags", "alarms", "large_messages")
"""Of the whole file."""
_NOUNS = {"queues": "queue", "topics": "topic", "buses": "bus", "subscriptions": "subscription",
          "consumers": "consumer", "producers": "producer"}  # fmt: skip
_WHOLE = frozenset(
    {"bucket", "import", "encryption", "dead_letter", "to", "log", "connection", "send"}
)
"""What chooses between kinds, or is one value: it is taken whole, as lists are."""
_KINDS = {"function": ("code", "arn", "provided")}
"""Mappings of which these keys say of which kind they are."""


class Overlaid(Record):
    """The file as it is in one environment."""

    environment: Environment
    root: Mapping
    changes: bool
    """Whether the environment changes settings, and not only where it is."""

    @property
    def filled(self) -> Mapping:
        """The file with what the environment knows in place of placeholders."""
        return filled(self.root, self.environment)


class Overlays(Record):
    """The file in each of its environments."""

    each: tuple[Overlaid, ...]
    diagnostics: tuple[Diagnostic, ...]


def overlaid(root: Mapping) -> Overlays:
    """Return a file in each environment that it declares, and what can't differ between them."""
    overlay = _Overlay(root)
    declared = parse.mapping(root.get("environments")) or Mapping({}, root.span)
    each = []
    for key, node in declared.items():
        own = Mapping({}, key.span) if isinstance(node, Scalar) and node.is_null else node
        if isinstance(own, Mapping):
            each.append(overlay.environment(key, own))
    check_former_names(overlay, "environment", [one.environment for one in each])
    return Overlays(each=tuple(each), diagnostics=tuple(overlay.diagnostics))


class _Overlay(Findings):
    def __init__(self, root: Mapping) -> None:
        super().__init__()
        self._root = root

    def environment(self, key: Scalar, own: Mapping) -> Overlaid:
        """Return the file with what one environment says of it."""
        environment = Environment(
            name=key.text,
            was=parse.text(own.get("was")),
            key=key.span,
            node=own,
            account=parse.text(own.get("account")),
            region=parse.text(own.get("region")),
            protected=parse.given(parse.boolean(own.get("protected")), key.text != UNPROTECTED),
            plain=parse.text(own.get("names")) == "plain",
            values=self._values(key, own),
        )
        entries = dict(self._root.entries)
        changed = [name for name in (*_NAMED, *_SETTINGS) if name in own.entries]
        for name in changed:
            node = parse.mapping(own.get(name))
            if node is not None:
                there = self._section(key, name, node)
                entries[name] = (entries[name][0] if name in entries else own.key(name), there)
            elif name == "alarms" and parse.boolean(own.get(name)) is not None:
                entries[name] = own.entries[name]  # all of them, or none
        return Overlaid(
            environment=environment,
            root=Mapping(entries, self._root.span) if changed else self._root,
            changes=bool(changed),
        )

    def _values(self, environment: Scalar, own: Mapping) -> dict[str, str]:
        declared = parse.mapping(self._root.get("inputs"))
        known = declared.entries if declared is not None else {}
        found: dict[str, str] = {}
        given = parse.mapping(own.get("inputs"))
        for key, node in given.items() if given is not None else ():
            if key.text not in known:
                self._say_unknown(environment, key, "input", known)
            elif isinstance(node, Scalar) and not node.is_null:
                found[key.text] = parse.literal(node.text)
        return found

    def _section(self, environment: Scalar, name: str, own: Mapping) -> Mapping:
        base = parse.mapping(self._root.get(name)) or Mapping({}, own.span)
        if name in _SETTINGS:
            return _merged(base, own)
        entries = dict(base.entries)
        for key, node in own.items():
            if key.text not in entries:
                self._say_missing(environment, name, key, base)
                continue
            declared, below = entries[key.text]
            if not isinstance(node, Mapping):
                continue  # empty, or misshapen and reported
            settings = below if isinstance(below, Mapping) else Mapping({}, node.span)
            self._check_kinds(settings, node)
            entries[key.text] = (declared, _merged(settings, node))
        return Mapping(entries, base.span)

    def _say_missing(self, environment: Scalar, section: str, key: Scalar, base: Mapping) -> None:
        """Report settings of something that the file doesn't declare."""
        near = ("consumers", *_NAMED) if section == "subscriptions" else _NAMED
        others = (s for s in near if s != section and self._declares(s, key.text))
        if (elsewhere := next(others, None)) is not None:
            self.report(
                codes.NOT_IN_ENVIRONMENT,
                key.span,
                f"`{key.text}` is no {_NOUNS[section]}",
                f"it is declared under `{elsewhere}`: write it there in `{environment.text}` too",
            )
        else:
            self._say_unknown(environment, key, _NOUNS[section], base.entries)

    def _declares(self, section: str, name: str) -> bool:
        node = parse.mapping(self._root.get(section))
        return node is not None and name in node.entries

    def _say_unknown(
        self, environment: Scalar, key: Scalar, noun: str, known: dict[str, tuple[Scalar, Node]]
    ) -> None:
        meant = did_you_mean(key.text, list(known)) if known else None
        advice = meant or f"declare it for all of them, not in `{environment.text}` alone"
        self.report(
            codes.NOT_IN_ENVIRONMENT,
            key.span,
            f"there is no {noun} `{key.text}`, and an environment adds none",
            advice,
        )

    def _check_kinds(self, below: Mapping, own: Mapping) -> None:
        """Report what is of another kind in an environment: imported, or another target."""
        if "import" in own.entries and "import" not in below.entries:
            self._say_kind(own.key("import").span, "it is imported here, and made elsewhere", below)
        for end in ("from", "to"):
            here, there = _kinds(own.get(end)), _kinds(below.get(end))
            if end in own.entries and end in below.entries and here != there:
                self._say_kind(
                    own.key(end).span,
                    f"`{end}` has {_said(here)} here, and {_said(there)} elsewhere",
                    below,
                    end,
                )
            elif end in own.entries and (named := _other_name(own.get(end), below.get(end))):
                said = f"`{end}` is `{named.text}` here, and another one elsewhere"
                self._say_kind(named.span, said, below, end)
        for option, words in _KINDS.items():
            here, there = (
                tuple(word for word in words if _has(node.get(option), word))
                for node in (own, below)
            )
            if here and here != there:
                said = f"`{option}` has {_said(here)} here, and {_said(there)} elsewhere"
                self._say_kind(own.key(option).span, said, below, option)

    def _say_kind(self, span: Span, said: str, below: Mapping, option: str = "") -> None:
        label = (
            (Label(span=below.key(option).span, message="elsewhere"),)
            if option in below.entries
            else ()
        )
        self.report(
            codes.ENVIRONMENT_CHANGES,
            span,
            said,
            "environments differ in numbers, names and addresses, not in what there is",
            *label,
        )


def _merged(below: Mapping, own: Mapping) -> Mapping:
    """Return settings with those of an environment over them."""
    entries = dict(below.entries)
    for name, (key, value) in own.entries.items():
        under = entries[name][1] if name in entries else None
        if isinstance(value, Mapping) and name not in _WHOLE:
            if isinstance(under, Mapping):
                entries[name] = (key, _merged(under, value))
                continue
            if isinstance(under, Scalar) and under.text == "provided" and name == "function":
                given: dict[str, tuple[Scalar, Node]] = {
                    "provided": (under, Scalar("true", under.span))
                }
                entries[name] = (key, _merged(Mapping(given, under.span), value))
                continue
        entries[name] = (key, _in_place_of(under, value))
    return Mapping(entries, below.span)


def _in_place_of(under: Node | None, own: Node) -> Node:
    """Return a value of an environment whose texts know what is declared in their place."""
    match under, own:
        case Scalar(), Scalar() if own.text != under.text and not own.is_null:
            plain = isinstance(own.value, str)  # a number keeps its spelling
            return Filled(own.text, own.span, under.text) if plain else own
        case Mapping(), Mapping():
            entries = {
                name: (key, _in_place_of(under.get(name), value))
                for name, (key, value) in own.entries.items()
            }
            return Mapping(entries, own.span)
        case Sequence(), Sequence() if len(own.items) == len(under.items):
            pairs = zip(under.items, own.items, strict=True)
            return Sequence(tuple(_in_place_of(*pair) for pair in pairs), own.span)
        case _:
            return own


def _kinds(node: Node | None) -> tuple[str, ...]:
    """Return the words of an end, or of each in a list."""
    if isinstance(node, Sequence):
        return tuple(kind for item in node.items for kind in _kinds(item))
    options = {"timezone", "window", "start", "end", "region"}
    return tuple(k for k in node.entries if k not in options) if isinstance(node, Mapping) else ()


def _other_name(own: Node | None, below: Node | None) -> Scalar | None:
    """Return a name of this file, of which another one stands elsewhere; addresses may differ."""
    if isinstance(own, Sequence) and isinstance(below, Sequence):
        pairs = zip(own.items, below.items, strict=True)
        return next((name for pair in pairs if (name := _other_name(*pair)) is not None), None)
    if not isinstance(own, Mapping) or not isinstance(below, Mapping):
        return None
    for kind in _DECLARED.intersection(own.entries, below.entries):
        here, there = own.get(kind), below.get(kind)
        if isinstance(here, Scalar) and isinstance(there, Scalar) and here.text != there.text:
            return here
    return None


_DECLARED = frozenset({"queue", "topic", "bus", "consumer"})
"""Ends whose value is a name of this file."""


def _has(node: Node | None, word: str) -> bool:
    if isinstance(node, Mapping):
        return word in node.entries
    return isinstance(node, Scalar) and node.text == word


def _said(kinds: tuple[str, ...]) -> str:
    return listing([f"`{kind}`" for kind in kinds], "and") if kinds else "nothing"
