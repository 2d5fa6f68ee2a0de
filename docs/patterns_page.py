"""The reference page on patterns: what each dialect takes, and what matches, as the code has it.

Every table is computed: the dialects from their definitions, the examples by matching them, the
refusals by compiling what is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgc.patterns import (
    EVENT_PATTERN,
    LAMBDA_FILTER,
    PIPE_FILTER,
    SNS_ATTRIBUTES,
    SNS_BODY,
    Dialect,
    EventPattern,
    FilterPolicy,
    PatternError,
)
from msgc.patterns.dialect import ALL_OPERATORS, EXCLUDABLE
from msgc.patterns.grammar.event_fields import EVENT_TEXTS
from msgc.patterns.grammar.structure import DEPTH

DIALECTS: dict[str, Dialect] = {
    "event pattern": EVENT_PATTERN,
    "pipe": PIPE_FILTER,
    "SNS, attributes": SNS_ATTRIBUTES,
    "SNS, body": SNS_BODY,
    "Lambda": LAMBDA_FILTER,
}
SOURCES = {
    "event patterns": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html",
    "operators of event patterns": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html",
    "filters of pipes": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html",
    "SNS filter policies": "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html",
    "Lambda event filters": "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    "event-ruler, which does the matching": "https://github.com/aws/event-ruler",
}
MATCHES: list[tuple[Any, Any]] = [
    ({"tier": ["gold", "platinum"]}, {"tier": "gold"}),
    ({"tier": ["gold"]}, {"tier": "Gold"}),
    ({"tier": ["gold"], "total": [100]}, {"tier": "gold", "total": 99}),
    ({"customer": {"tier": ["gold"]}}, {"customer": {"tier": "gold"}}),
    ({"customer.tier": ["gold"]}, {"customer": {"tier": "gold"}}),
    ({"total": [100]}, {"total": 1e2}),
    ({"total": [100]}, {"total": "100"}),
    ({"paid": [True]}, {"paid": "true"}),
    ({"coupon": [None]}, {"coupon": None}),
    ({"coupon": [None]}, {}),
    ({"tier": [{"prefix": "pla"}]}, {"tier": "platinum"}),
    ({"tier": [{"prefix": ""}]}, {"tier": 1}),
    ({"file": [{"suffix": ".png"}]}, {"file": "a.png"}),
    ({"tier": [{"equals-ignore-case": "gold"}]}, {"tier": "GOLD"}),
    ({"path": [{"wildcard": "a/*/c"}]}, {"path": "a/b/b/c"}),
    ({"path": [{"wildcard": "a\\*c"}]}, {"path": "a*c"}),
    ({"total": [{"numeric": [">", 0, "<=", 100]}]}, {"total": 100}),
    ({"total": [{"numeric": ["=", 100]}]}, {"total": "100"}),
    ({"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "10.1.2.3"}),
    ({"ip": ["::1"]}, {"ip": "0:0:0:0:0:0:0:1"}),
    ({"tier": [{"anything-but": "gold"}]}, {"tier": "silver"}),
    ({"tier": [{"anything-but": "gold"}]}, {"tier": None}),
    ({"tier": [{"anything-but": "gold"}]}, {}),
    ({"tags": [{"anything-but": "a"}]}, {"tags": ["a", "b"]}),
    ({"tier": [{"exists": True}]}, {"tier": None}),
    ({"tier": [{"exists": False}]}, {}),
    ({"customer": [{"exists": True}]}, {"customer": {"tier": "gold"}}),
    ({"tags": ["a"]}, {"tags": ["b", "a"]}),
    ({"tags": [{"exists": True}]}, {"tags": []}),
    ({"items": {"sku": ["A"], "n": [2]}}, {"items": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2}]}),
    ({"items": {"sku": ["A"], "n": [2]}}, {"items": [{"sku": "A", "n": 2}, {"sku": "B", "n": 1}]}),
    ({"$or": [{"total": [1]}, {"tier": ["gold"]}]}, {"tier": "gold"}),
    ({"tier": ["gold"], "$or": [{"tier": ["tin"]}, {"total": [1]}]}, {"tier": "tin"}),
    ({"file": [{"prefix": {"equals-ignore-case": "IN/"}}]}, {"file": "in/a.png"}),
    ({"total": [9007199254740993]}, {"total": 9007199254740993}),
    ({"total": [{"numeric": [">", 0]}]}, {"total": 9007199254740993}),
    ({"ip": [{"cidr": "10.0.0.0/8"}]}, {"ip": "::ffff:a00:1"}),
    ({"tier": [{"anything-but": {"prefix": "g"}}]}, {"tier": 1}),
    ({"detail": {"id": ["1"]}}, {"detail": '{"id": "1"}'}),
]
REFUSED: list[Any] = [
    {},
    {"tier": "gold"},
    {"tier": []},
    {"tier": [["gold"]]},
    {"tier": [{"startswith": "g"}]},
    {"tier": [{"prefix": "a", "suffix": "b"}]},
    {"tier": [{"prefix": 1}]},
    {"tier": [{"exists": "yes"}]},
    {"total": [{"numeric": [">", "1"]}]},
    {"total": [{"numeric": ["<", 9, ">", 1]}]},
    {"total": [{"numeric": [">", 9, "<", 1]}]},
    {"total": [{"numeric": [">", 9007199254740993]}]},
    {"path": [{"wildcard": "a**"}]},
    {"path": [{"wildcard": "*:*:*:*:*:*:*"}]},
    {"ip": [{"cidr": "10.0.0.1"}]},
    {"tier": [{"anything-but": ["a", 1]}]},
    {"tier": [{"anything-but": {"prefix": ""}}]},
    {"$or": [{"tier": ["gold"]}]},
    {"$or": [{"prefix": ["x"]}, {"total": [1]}]},
]
POLICIES: list[tuple[Any, Any]] = [
    ({"customer": {"tier": ["gold"]}}, "attributes"),
    ({name: [1] for name in "abcdef"}, "body"),
    ({"total": [*range(151)]}, "attributes"),
]

VERDICTS = [
    (
        "a value",
        "another type; not in `enum`; against a bound, length, `pattern` or checked format",
        "the only value, and required",
    ),
    (
        "`prefix`, `suffix`, `wildcard`, `equals-ignore-case`",
        "no text; no member of `enum`; over `maxLength`; not the plain start of a `pattern`",
        "all of `enum`; an empty affix; the plain start of a `pattern`",
    ),
    ("`cidr`", "no text; a format that is no address", "all of `enum`"),
    ("`numeric`", "no number; no number within the bounds", "all numbers within the bounds"),
    ("`anything-but`", "what it excludes always matches", "what it excludes never matches"),
    ("`exists: true`", "an object; undeclared in a closed object", "required all the way"),
    ("`exists: false`", "required all the way", "an object; undeclared in a closed object"),
]


def page() -> Iterator[str]:
    """Tell everything."""
    yield "# Patterns and filters\n"
    yield "EventBridge's event patterns, SNS's filter policies and Lambda's event filters are one"
    yield "language in several dialects. msgc checks them as the service would at deployment, and"
    yield "matches them as it would in operation. The tables here are computed by that code.\n"
    yield from dialects()
    yield from matching()
    yield from refusals()
    yield from payloads()
    yield from library()
    yield "## Sources\n"
    for what, address in SOURCES.items():
        yield f"- [{what}]({address})"


def dialects() -> Iterator[str]:
    """Compare what the dialects take."""
    yield "## Dialects\n"
    yield "A pattern is an object: fields with lists of values, objects of fields, and `$or` with"
    yield "two or more alternatives. All fields have to hold, and one value of each list is enough."
    yield "A value is a text, a number, `true`, `false`, `null`, or an object with one operator.\n"
    yield f"| | {' | '.join(DIALECTS)} |"
    yield f"| --- |{' --- |' * len(DIALECTS)}"
    for operator in ALL_OPERATORS:
        yield row(f"`{operator}`", [takes(dialect, operator) for dialect in DIALECTS.values()])
    yield row(
        "ignoring case in `prefix`, `suffix`",
        ["yes" if dialect.folded_affixes else "no" for dialect in DIALECTS.values()],
    )
    for excludable in EXCLUDABLE:
        yield row(
            f"`anything-but` with `{excludable}`",
            [excludes(dialect, excludable) for dialect in DIALECTS.values()],
        )
    yield row(
        "texts and numbers in one `anything-but`",
        ["yes" if dialect.mixed_exclusions else "no" for dialect in DIALECTS.values()],
    )
    yield row(
        "`cidr` without a number of bits",
        ["yes" if dialect.bare_addresses else "no" for dialect in DIALECTS.values()],
    )
    yield row("objects in objects", ["yes" if d.nested else "no" for d in DIALECTS.values()])
    yield row("`*` in one `wildcard`", [stars(dialect) for dialect in DIALECTS.values()])
    yield row("`*` of a field times its wildcards", [limit(d.points) for d in DIALECTS.values()])
    yield row("filters", [str(dialect.filters) for dialect in DIALECTS.values()])
    yield row("characters", [length(dialect) for dialect in DIALECTS.values()])
    yield row("fields in one alternative", [limit(d.fields) for d in DIALECTS.values()])
    yield row("keys", [limit(dialect.keys) for dialect in DIALECTS.values()])
    yield row("alternatives by `$or`", [limit(d.alternatives) for d in DIALECTS.values()])
    yield row("combinations of values", [limit(d.combinations) for d in DIALECTS.values()])
    yield ""
    yield "*Perhaps* is what AWS may refuse, and a warning here: SNS documents it since not long"
    yield "ago, Lambda not at all."
    yield "EventBridge takes no wildcards of one field of which a text can be at more than"
    yield f"{EVENT_PATTERN.complexity} places at once, counted as event-ruler counts: no documented"
    yield "limit, but the one that fits the refusals that are known. Combinations"
    yield "are the numbers of values multiplied, in a body each times its depth, the branches of an"
    yield "`$or` added up. Of an event pattern, half as many characters are the quota of an account"
    yield "that hasn't asked for more; of Lambda's filters, ten are possible. One of several"
    yield f"filters has to match. msgc takes {DEPTH} levels.\n"
    yield "A pattern that would be refused for its `$or` (no list, one alternative, an operator for"
    yield "a field) is tried again as event-ruler tries it, with `$or` as the name of a field. In a"
    yield "file it is an error. So is event-ruler's undocumented `exactly`, which Python's"
    yield "`EventPattern` takes.\n"
    yield "At the top of an event, beside `detail`, all is text:"
    yield ", ".join(f"`{name}`" for name in EVENT_TEXTS) + ".\n"


def takes(dialect: Dialect, operator: str) -> str:
    """Say whether a dialect takes an operator."""
    if operator not in dialect.operators:
        return "no"
    return "perhaps" if operator in dialect.doubtful else "yes"


def excludes(dialect: Dialect, operator: str) -> str:
    """Say whether a dialect takes an operator in `anything-but`."""
    if operator not in dialect.excludable:
        return "no"
    if f"anything-but {operator}" in dialect.doubtful:
        return "perhaps"
    return "yes" if operator in dialect.excluded_lists else "one text"


def limit(count: int | None) -> str:
    """Tell a limit that may not be there."""
    return "any number" if count is None else str(count)


def stars(dialect: Dialect) -> str:
    """Tell how many wildcards there may be in a text."""
    return limit(dialect.stars) if "wildcard" in dialect.operators else "none"


def length(dialect: Dialect) -> str:
    """Tell how long it may be."""
    return str(dialect.characters) if dialect.octets is None else f"{dialect.octets // 1024} KiB"


def matching() -> Iterator[str]:
    """Tell what matches, with the clause that decides."""
    yield "## What matches\n"
    yield "| pattern | event | | because |"
    yield "| --- | --- | --- | --- |"
    for pattern, event in MATCHES:
        found = EventPattern(pattern).explain(event)
        yield row(
            code(pattern),
            [code(event), "matches" if found.matched else "doesn't", cell(found.reason)],
        )
    yield ""
    yield "Lists are looked through; two fields of one list of objects have to hold in one and the"
    yield "same object. A field that stands inside and outside of an `$or` isn't joined: the later"
    yield "replaces the earlier (a warning). An SNS policy about attributes sees those of the types"
    yield "String, Number and String.Array.\n"
    yield "Numbers are compared as 64-bit floats. One that has other digits there, as an integer"
    yield "beyond 2^53 may have, only equals itself. `exists: false` looks into the elements of"
    yield "lists that the fields before it, by the order of names, have led to. Case is ignored"
    yield "character by character: `ß` and `SS` are the same, and emoji never match.\n"


def refusals() -> Iterator[str]:
    """Tell what AWS refuses."""
    yield "## What is refused\n"
    yield "| pattern | where | reason |"
    yield "| --- | --- | --- |"
    for pattern in REFUSED:
        yield refusal(pattern, None)
    for pattern, scope in POLICIES:
        yield refusal(pattern, scope)
    yield ""


def refusal(pattern: Any, scope: Any) -> str:
    """Compile what is refused."""
    try:
        FilterPolicy(pattern, scope=scope) if scope else EventPattern(pattern)
    except PatternError as error:
        told = code(pattern) if len(json.dumps(pattern)) < 80 else "a list of 151 values"
        where = ".".join(str(step) for step in error.path)
        about = f" (SNS, {scope})" if scope else ""
        return row(told + about, [f"`{where}`" if where else "", cell(error.reason)])
    message = f"{pattern} isn't refused"
    raise AssertionError(message)


def payloads() -> Iterator[str]:
    """Tell what is known before any message is sent."""
    yield "## Filters against the schema\n"
    yield "A filter is compared with the JSON Schema of its messages. *Never* and *always* are"
    yield "certain for every valid payload; all else is *possible*.\n"
    yield "| clause | never | always |"
    yield "| --- | --- | --- |"
    for clause, never, always in VERDICTS:
        yield row(clause, [never, always])
    yield ""
    yield "*Always* asks for a field that is required, and all on the way to it. Lists are looked"
    yield "through; several clauses in one list aren't decided together. A property that an open"
    yield "schema doesn't declare may be anything (only its name has no dots); where a file is"
    yield "checked, a filter on it is an [error](findings.md#unknown-filter-field).\n"


def library() -> Iterator[str]:
    """Tell the Python interface."""
    yield "## In Python\n"
    yield "```python"
    yield "from msgc.patterns import EventPattern, FilterPolicy, PatternError"
    yield ""
    yield 'pattern = EventPattern({"detail": {"total": [{"numeric": [">=", 100]}]}})'
    yield 'pattern.matches({"detail": {"total": 120}})  # True'
    yield 'print(pattern.explain({"detail": {"total": 50}}))'
    found = EventPattern({"detail": {"total": [{"numeric": [">=", 100]}]}})
    yield f"# {found.explain({'detail': {'total': 50}})}"
    yield ""
    yield 'EventPattern({"body": {"tier": ["gold"]}}, dialect="lambda")  # or "pipe"'
    yield ""
    yield 'policy = FilterPolicy({"tier": ["gold"]}, scope="attributes")  # or "body"'
    yield 'policy.matches({"tier": {"DataType": "String", "StringValue": "gold"}})  # True'
    yield "```\n"
    yield "Attributes are as boto3 takes them, or as a notification of SNS (`Type`, `Value`) or a"
    yield "record of SQS (`dataType`, `stringValue`) has them.\n"
    yield "What AWS rejects raises `PatternError`, with `path` and `reason`. An explanation has"
    yield "`matched`, the `path` of the clause that decides, its `field`, the `reason`, and for"
    yield "`$or` the `alternatives`.\n"


def row(first: str, others: list[str]) -> str:
    """Return one row of a table."""
    return f"| {first} | {' | '.join(others)} |"


def code(value: Any) -> str:
    """Return JSON in a cell."""
    return f"`{cell(json.dumps(value, ensure_ascii=False))}`"


def cell(text: str) -> str:
    """Return text that stands in one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")
