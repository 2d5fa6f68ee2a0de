"""Keys that stand under the wrong word, or in the wrong place, and how to write them."""

from __future__ import annotations

from msgc.diagnostics import Edit, Label, listing
from msgc.record import Record
from msgc.schema.expected import Expected
from msgc.schema.guesses import meant
from msgc.schema.key_findings import Fits
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, Sequence


class Moved(Record):
    """What to write in place of a key."""

    word: str
    help: str
    fits: bool
    """Whether what is to be written is known, and right."""
    fix: tuple[Edit, ...] = ()
    labels: tuple[Label, ...] = ()
    reserved: str | None = None
    """What the word is kept for, if it means nothing yet."""


class Misplaced:
    """A key that isn't known where it stands."""

    def __init__(self, key: Scalar, expected: Expected, node: Mapping, fits: Fits) -> None:
        """`node` has the key, `expected` is what is expected of `node`; `fits` judges values."""
        self.key = key
        self.value = node.entries[key.text][1]
        self.expected = expected
        self.node = node
        self.fits = fits

    def moved(self, path: tuple[str, ...]) -> Moved:
        """Return how it is written at `path`, which begins beside it."""
        word, leaf, reserved = path[-1], self.expected, None
        for step in path:
            reserved = leaf.reserved.get(step)
            below = leaf.items if step == _ITEM else leaf.child(step)
            if below is None:
                break
            leaf = below
        if reserved is not None:
            return Moved(word=word, help="", fits=True, reserved=reserved)
        written = _written(self.key.text, self.value, leaf, self.fits)
        return (
            self._renamed(word, leaf, written)
            if len(path) == 1
            else self._below(path, leaf, written)
        )

    def _renamed(self, word: str, leaf: Expected, written: str | None) -> Moved:
        node, value = self.node, self.value
        other = next((o for o in self.expected.one_of if o != word and o in node.entries), None)
        if word in self.expected.one_of and other is not None:
            return _already_there(other, node, help_=f"`{other}` is here, keep one of the two")
        if word in node.entries:
            many = leaf.names is not None and isinstance(value, Mapping)
            move = f"move what is in it into `{word}`" if many else None
            return _already_there(word, node, help_=move)
        if written is None:
            example = leaf.example(word)
            if isinstance(value, Mapping | Sequence) and _source(value) is None and not example:
                return Moved(word=word, help=f"did you mean `{word}`?", fits=False)
            shown = f", as in `{example}`" if example else ""
            return Moved(word=word, help=f"the word is `{word}`{shown}", fits=False)
        if written == _source(value):
            fix = (Edit(span=self.key.span, text=word),)
            return Moved(word=word, help=f"did you mean `{word}`?", fits=True, fix=fix)
        return self._instead(word, f"{word}: {written}")

    def _below(self, path: tuple[str, ...], leaf: Expected, written: str | None) -> Moved:
        around, word = path[0], path[-1]
        above = self.expected.child(around)
        entry = f"{word}: {written}" if written else leaf.example(word) or f"{word}: ..."
        if around in self.node.entries:
            needed = above.needs.get(path[1], ()) if above is not None else ()
            one = self._into(path, entry, needed)
            return one if written else one.replace(fits=False)
        whole = _nested(path, entry)
        if above is not None and above.one_of and path[1] not in above.one_of:
            example = above.example(around) or f"{around}: {{...}}"
            inner = whole.removeprefix(f"{around}: {{").removesuffix("}")
            shown = f"{example.removesuffix('}')}, {inner}}}"
            return Moved(
                word=word, help=f"it belongs into `{around}`: `{shown}`", fits=written is not None
            )
        if written is None:
            return Moved(word=word, help=f"it belongs into `{around}`: `{whole}`", fits=False)
        return self._instead(word, whole)

    def _into(self, path: tuple[str, ...], entry: str, needed: tuple[str, ...]) -> Moved:
        """Return how to put it into what is there already."""
        around, word, node = path[0], path[-1], self.node
        there = node.entries[around][1]
        entries = there.entries if isinstance(there, Mapping) else {}
        label = (Label(span=node.key(around).span, message=f"`{around}` is here"),)
        missing = [f"`{name}`" for name in needed if name not in entries]
        if around in _ONE_OF or (path[1] in entries and len(path) == 2):
            return _already_there(around, node, inside=None if around in _ONE_OF else word)
        if missing:
            help_ = (
                f"it belongs into `{around}`, and only goes with {listing(missing, 'and')} there:"
                " settings of a function that isn't made here belong where it is made"
            )
        elif isinstance(there, Sequence):
            help_ = f"add `{{{entry}}}` to `{around}`"
        elif isinstance(there, Mapping):
            help_ = f"it belongs into `{around}`: `{_nested(path[1:], entry)}`"
        elif there.text == "provided":
            help_ = f"write `{around}: {{provided: true, {entry}}}`"
        else:
            return _already_there(around, node)
        return Moved(word=word, help=help_, fits=True, labels=label)

    def _instead(self, word: str, text: str) -> Moved:
        start, end = self.key.span.start, self.value.span.end
        fix = Edit(span=Span(self.key.span.source, start, end), text=text)
        return Moved(word=word, help=f"write `{text}`", fits=True, fix=(fix,))


_ITEM = "0"
"""The step into a list."""


def _written(word: str, value: Node, expected: Expected, fits: Fits) -> str | None:
    """Return a value as it is right in another place; None if that isn't known."""
    text = _source(value)
    if text is None or (isinstance(value, Scalar) and value.is_null):
        return None
    if fits(value, expected):
        return text
    if not isinstance(value, Scalar):
        return None
    if expected.is_list and expected.items is not None and fits(value, expected.items):
        return f"[{text}]"
    unit = next((u for ending, u in _UNITS.items() if word.lower().endswith(ending)), "")
    proposal = meant(expected.format, value.text + (unit if value.text.isdecimal() else ""))
    right = (
        proposal is not None and expected.pattern is not None and expected.pattern.match(proposal)
    )
    return proposal if right else None


_UNITS = {"days": "d", "hours": "h", "minutes": "m", "seconds": "s"}


def _source(value: Node) -> str | None:
    """Return a value as the file has it, if that is one line."""
    text = value.span.source.text[value.span.start : value.span.end].rstrip()
    if isinstance(value, Mapping | Sequence) and not text.startswith(("{", "[")):
        return None
    return None if not text or "\n" in text or text.startswith(("*", "&")) else text


_ONE_OF = ("from", "to")
"""What has one entry, and no second."""


def _nested(path: tuple[str, ...], entry: str) -> str:
    for step in reversed(path[:-1]):
        entry = f"[{{{entry}}}]" if step == _ITEM else f"{step}: {_braced(entry)}"
    return entry


def _braced(entry: str) -> str:
    return entry if entry.startswith("[") else f"{{{entry}}}"


def _already_there(
    word: str, node: Mapping, *, inside: str | None = None, help_: str | None = None
) -> Moved:
    said = f"`{word}` has a `{inside}`" if inside else f"`{word}` says this, and it is there"
    return Moved(
        word=word,
        help=help_ or f"{said} already; take this one out",
        fits=True,
        labels=(Label(span=node.key(word).span, message="already here"),),
    )
