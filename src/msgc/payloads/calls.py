"""Calls of the codec with their arguments: what specifications of shapes consist of."""

from __future__ import annotations

from msgc.record import Record
from msgc.tree import JsonValue


class ClassName(Record):
    """A generated class as an argument; `recursive` where it can't be defined yet."""

    name: str
    recursive: bool = False


class Call:
    """`<module>.<function>(*arguments, **options)`.

    Not a record: each field of each message has several.
    """

    __slots__ = ("arguments", "flat", "function", "module", "nests", "options", "plain")

    def __init__(
        self,
        function: str,
        arguments: tuple[Argument, ...],
        options: dict[str, Argument],
        module: str = "codec",
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.options = options
        self.module = module
        self.nests = any(map(_is_call, options.values()))
        inner = arguments[1] if function in _FIELDS else self
        self.plain: bool = isinstance(inner, Call) and inner.function in LEAVES and not inner.nests
        """Whether it declares a plain value, or a field that has one."""
        self.flat = ""
        """How it is written with nothing renamed, once it has been: many messages have the same."""


def _is_call(value: Argument) -> bool:
    return isinstance(value, Call)


class Regex(Record):
    """A regular expression as an argument."""

    text: str


class Data(Record):
    """A JSON value as an argument."""

    value: JsonValue


LEAVES = frozenset({"String", "Integer", "Number", "Choice", "Boolean"})
"""Specifications of `codec` with nothing but plain values: those of many fields are one."""
_FIELDS = frozenset({"required", "optional"})


class Definitions(Record):
    """Schemas that constraints refer to, as an argument: all of a message share them."""

    value: dict[str, JsonValue]


Argument = (
    Call | ClassName | Data | Definitions | Regex | str | int | float | bool
    | tuple["Argument", ...]
)  # fmt: skip


def call(
    function: str, *arguments: Argument, module: str = "codec", **options: Argument | None
) -> Call:
    """Return a call without the options that are None."""
    given: dict[str, Argument] = {}
    for key, value in options.items():  # a comprehension would be a call in Python 3.11
        if value is not None:
            given[key] = value  # noqa: PERF403
    return Call(function, arguments, given, module)
