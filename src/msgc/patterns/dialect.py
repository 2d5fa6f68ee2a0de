"""The dialects of one pattern language: who takes which operators, and how much of them."""

from __future__ import annotations

from typing import Final

from msgc.record import Record

ALL_OPERATORS: Final = (
    "prefix", "suffix", "equals-ignore-case", "wildcard", "numeric", "cidr", "exists",
    "anything-but",
)  # fmt: skip


EXCLUDABLE: Final = ("prefix", "suffix", "equals-ignore-case", "wildcard")
COMPARISONS: Final = ("=", "<", "<=", ">", ">=")


class Dialect(Record):
    """One place where AWS takes a pattern."""

    name: str
    """In messages: "an event pattern"."""
    operators: tuple[str, ...] = ALL_OPERATORS
    excludable: tuple[str, ...] = EXCLUDABLE
    """What may stand inside `anything-but`."""
    excluded_lists: tuple[str, ...] = EXCLUDABLE
    """Which of them take lists."""
    doubtful: tuple[str, ...] = ()
    """Operators that AWS may refuse: documented since recently, or not at all."""
    doubt: str = ""
    """Why, with the operator's name for `{}`."""
    folded_affixes: bool = True
    """Whether `prefix` and `suffix` take `{equals-ignore-case: ...}`."""
    mixed_exclusions: bool = False
    """Whether a list in `anything-but` may have texts and numbers."""
    bare_addresses: bool = False
    """Whether `cidr` takes an address without a number of bits."""
    stars: int | None = None
    """How many `*` a wildcard may have."""
    complexity: int | None = 10
    """At how many places of a field's wildcards a match may be at once."""
    points: int | None = None
    """How much the `*` of all wildcards of a field, times these wildcards, may be."""
    nested: bool = True
    """Whether fields may lie in objects."""
    or_is_a_field: bool = False
    """Whether `$or` is the name of a field, as in patterns that are older than it."""
    whole_event: bool = False
    """Whether the top level is that of an event, where all but `detail` is text."""
    alternatives: int | None = 1000
    """How many alternatives its `$or`s may unfold into."""
    fields: int | None = 256
    """How many fields one alternative may look at."""
    characters: int = 4096
    """How long it may be, as JSON."""
    octets: int | None = None
    """The same in UTF-8, where that is what counts."""
    filters: int = 1
    """How many of them there may be in one place, of which one has to match."""
    keys: int | None = None
    """How many fields it may look at: at the top, and (as a warning) altogether."""
    combinations: int | None = None
    """How many combinations of values it may have, by SNS's formula."""


EVENT_PATTERN: Final = Dialect(name="an event pattern", whole_event=True)
"""The whole `EventPattern` of a rule."""

DETAIL_FILTER: Final = Dialect(name="an event pattern")
"""What goes below `detail`."""

RULER: Final = DETAIL_FILTER.replace(operators=(*ALL_OPERATORS, "exactly"))
"""What event-ruler takes, documented or not, about an event that may be anything."""

PIPE_FILTER: Final = Dialect(
    name="a pipe's filter",
    operators=tuple(operator for operator in ALL_OPERATORS if operator != "wildcard"),
    excludable=(),
    filters=5,
)
"""One of the filters of an EventBridge pipe, about a record of its source."""

SNS_FILTER: Final = Dialect(
    name="an SNS filter policy",
    doubtful=("wildcard", "anything-but suffix", "anything-but equals-ignore-case",
              "anything-but wildcard"),
    doubt="SNS knows {} since recently, and may refuse it",
    folded_affixes=False,
    mixed_exclusions=True,
    bare_addresses=True,
    stars=3,
    complexity=None,
    points=100,
    alternatives=None,
    fields=None,
    octets=256 * 1024,
)  # fmt: skip
"""A filter on a topic as it is written, before it is decided what it is compiled to."""

SNS_BODY: Final = SNS_FILTER.replace(keys=5, combinations=150)
"""An SNS filter policy about the body."""

SNS_ATTRIBUTES: Final = SNS_BODY.replace(nested=False)
"""An SNS filter policy about message attributes."""

LAMBDA_FILTER: Final = Dialect(
    name="a Lambda event filter",
    doubtful=("wildcard",),
    doubt="Lambda's documentation has no {}, and Lambda may refuse it",
    excludable=("prefix",),
    excluded_lists=(),
    folded_affixes=False,
    filters=5,
)
"""One of the filters of an event source mapping; five are the quota, ten at most.

`cidr` isn't on the page that lists the operators; AWS's own sample has it in a filter of a queue
(serverless-patterns, lambda-esm-sqs-filters-sam).
"""


def older(dialect: Dialect) -> Dialect:
    """Return what event-ruler falls back to: its compiler from before there was an `$or`."""
    return dialect.replace(
        or_is_a_field=True,
        excludable=tuple(operator for operator in dialect.excludable if operator != "wildcard"),
        excluded_lists=("equals-ignore-case",),
    )
