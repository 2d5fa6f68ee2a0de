"""What context a schema needs everywhere: findings and classes so far, values of keywords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgc.diagnostics import Code, Diagnostic, Edit
from msgc.payloads.class_names import ClassNames
from msgc.payloads.codes import BAD_KEYWORD_VALUE
from msgc.payloads.documents import Catalog, Key, Subschema
from msgc.payloads.documents.references import References
from msgc.payloads.identifiers import Taken
from msgc.payloads.model import ObjectShape, Shape
from msgc.payloads.wishes import Wishes
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence


class Learned:
    """What one pass over a message's schema found out, for the next pass over it."""

    def __init__(self) -> None:
        self.untyped: set[Key] = set()
        """Recursive schemas that turned out to be no class."""
        self.keeping: set[Key] = set()
        """Objects that must keep undeclared properties: a constraint around them looks at these."""
        self.spelled: set[tuple[Key, str]] = set()
        """Properties that must stay text, by object: a constraint looks at how they are spelled."""
        self.early: dict[tuple[Key, str | None], Subschema] = {}
        """Schemas at the end of a long chain of others, which are compiled before these."""
        self.rounds = 0
        """How often schemas were added to these."""
        self.wishes: Wishes | None = None
        """What messaging.yaml says of classes: known from the start."""
        self.library = False
        """Whether the package `jsonschema` looks at payloads, so that nothing else need be."""

    def __len__(self) -> int:
        """Return how much has been found out."""
        return (
            len(self.untyped)
            + len(self.keeping)
            + len(self.spelled)
            + len(self.early)
            + self.library
        )


class Context:
    """What has been compiled of a message's schema so far; `shape` compiles any schema of it."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that the schemas of a message share
        self,
        references: References,
        names: ClassNames,
        found: list[Diagnostic],
        shape: Callable[[Context, Subschema], Shape],
        learned: Learned,
        catalog: Catalog,
    ) -> None:
        self.references = references
        self.names = names
        self.found = found
        self.classes: dict[str, ObjectShape] = {}
        self.finished: dict[tuple[Key, str | None], Shape] = {}
        self.recursive = False
        """Whether a schema refers to itself."""
        self.underway: dict[Key, str | None] = {}
        """Schemas being compiled, with the class names given to recursive references to them."""
        self.has_constraints = False
        """Whether any constraint may look at undeclared properties, or at how texts are spelled."""
        self.learned = learned
        self.catalog = catalog
        self.unknown: dict[str, dict[str, Span]] = {}
        """Words that are no keywords, with their first place, by the path of the file."""
        self.idle: dict[tuple[str, str, str], list[tuple[Span, str]]] = {}
        """Places of words that say nothing in a file's dialect, by path, word and reason."""
        self.overlays: dict[Key, dict[str, tuple[Scalar, Node]]] = {}
        """Words beside those of schemas, as messaging.yaml has them for Python."""
        self.extra: str | None = None
        """Whether objects `keep` or `drop` what isn't declared, if somebody says so."""
        self.schemas_read = 0
        """How many schemas have been compiled, to be taken from the budget."""
        self.definitions: dict[str, JsonValue] = {}
        """Schemas that constraints refer to, by name."""
        self.defined: dict[Key, str] = {}
        """The names of these schemas."""
        self.waiting: list[tuple[str, Subschema]] = []
        """Those at the end of a long chain of references, which are yet to be translated."""
        self.definition_names = Taken(())
        self.parts: dict[tuple[Key, str | None], Shape | Any | None] = {}
        """Parts of an `allOf`, None while they are read; objects are drafts."""
        self._shape = shape
        self._said: set[tuple[str, str, int, str]] = set()

    def shape(self, here: Subschema) -> Shape:
        """Compile a schema, or return what it was compiled into before."""
        self.schemas_read += 1
        if self.overlays:
            here = self.overlaid(here)
        return self._shape(self, here)

    def overlaid(self, here: Subschema) -> Subschema:
        """Return a schema with the words that messaging.yaml has beside its own."""
        words = self.overlays.get(here.key)
        if words is None or not isinstance(here.node, Mapping):
            return here
        node = Mapping(here.node.entries | words, here.node.span)
        return Subschema(node, here.document, here.path, here.depth, here.kind)

    def say(
        self,
        code: Code,
        span: Span,
        message: str,
        *,
        help: str | None = None,  # noqa: A002  # as Diagnostic has it
        fix: tuple[Edit, ...] = (),
    ) -> None:
        """Add a finding, once."""
        key = (code.id, span.source.path, span.start, message)
        if key not in self._said:
            self._said.add(key)
            self.found.append(code.at(span, message, help=help, fix=fix))

    def preserve(self, found: tuple[set[str], set[tuple[str, str]]]) -> None:
        """Learn which classes keep undeclared properties, and which fields stay text."""
        keeping, spelled = found
        place = self.names.place
        self.learned.keeping.update(map(place, keeping))
        self.learned.spelled.update((place(name), wire) for name, wire in spelled)

    # --- values of keywords

    def integer(self, node: Mapping, keyword: str) -> int | None:
        """Return the value of a keyword that takes a whole number from 0."""
        if keyword not in node.entries:
            return None
        number = self.number(node, keyword, "a whole number from 0")
        if number is None:
            return None
        if number < 0 or number != int(number):
            self._bad(node, keyword, "a whole number from 0")
            return None
        return int(number)

    def number(self, node: Mapping, keyword: str, expected: str = "a number") -> int | float | None:
        """Return the value of a keyword that takes a number."""
        value = node.get(keyword)
        if value is None:
            return None
        if isinstance(value, Scalar):
            number = value.value
            if isinstance(number, int | float) and not isinstance(number, bool):
                return number
        self._bad(node, keyword, expected)
        return None

    def positive(self, node: Mapping, keyword: str) -> int | float | None:
        """Return the value of a keyword that takes a number above 0."""
        number = self.number(node, keyword, "a number above 0")
        if number is not None and number <= 0:
            self._bad(node, keyword, "a number above 0")
            return None
        return number

    def flag(self, node: Mapping, keyword: str) -> bool:
        """Return the value of a keyword that takes `true` or `false`, `false` if absent."""
        value = node.get(keyword)
        if value is None:
            return False
        if isinstance(value, Scalar) and isinstance(value.value, bool):
            return value.value
        self._bad(node, keyword, "`true` or `false`")
        return False

    def text(self, node: Mapping, keyword: str) -> str | None:
        """Return the value of a keyword that takes text."""
        value = node.get(keyword)
        if value is None:
            return None
        if isinstance(value, Scalar):
            return value.text
        self._bad(node, keyword, "text")
        return None

    def listed(self, node: Mapping, keyword: str) -> tuple[Node, ...]:
        """Return the items of a keyword that takes a list."""
        value = node.get(keyword)
        if value is None:
            return ()
        if isinstance(value, Sequence):
            return value.items
        self._bad(node, keyword, "a list")
        return ()

    def some(self, node: Mapping, keyword: str) -> tuple[Node, ...]:
        """Return the items of a keyword that takes a list which isn't empty."""
        items = self.listed(node, keyword)
        if not items and isinstance(node.get(keyword), Sequence):
            self._bad(node, keyword, "a list with at least one value")
        return items

    def property_names(self, node: Mapping, keyword: str) -> dict[str, Span]:
        """Return the items of a keyword that takes names of properties."""
        out: dict[str, Span] = {}
        for item in self.listed(node, keyword):
            if isinstance(item, Scalar):
                out[item.text] = item.span
            else:
                self.say(BAD_KEYWORD_VALUE, item.span, f"`{keyword}` takes names of properties")
        return out

    def entries(self, node: Mapping, keyword: str) -> list[tuple[Scalar, Node]]:
        """Return the entries of a keyword that takes an object."""
        value = node.get(keyword)
        if value is None:
            return []
        if isinstance(value, Mapping):
            return list(value.items())
        self._bad(node, keyword, "names with a schema each")
        return []

    def _bad(self, node: Mapping, keyword: str, expected: str) -> None:
        value = node.entries[keyword][1]
        self.say(BAD_KEYWORD_VALUE, value.span, f"`{keyword}` takes {expected}")


def described(node: Node) -> str:
    """Return what a schema says of itself."""
    if isinstance(node, Mapping):
        text = node.get("description")
        if isinstance(text, Scalar):
            return text.text.strip()
    return ""
