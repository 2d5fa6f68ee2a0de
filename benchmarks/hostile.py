"""Makes large messaging.yaml files that would hurt a careless reader: one family, any size.

Each family repeats one thing until the file has a number of bytes. What is repeated is chosen so
that comparing all of it with all of it would take minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

HEAD = "version: 1\nservice: shop\n"
SCHEMA = "{type: object, properties: {id: {type: string}}}"
MESSAGE = f"messages:\n  A: {{schema: {SCHEMA}}}\n"
QUEUE = f"{HEAD}{MESSAGE}queues:\n  q: {{messages: [A]}}\n"

Files = dict[str, str]


def lines(size: int, line: Callable[[int], str]) -> str:
    """Return lines of about `size` bytes in all."""
    return "".join(_lines(size, line))


def _lines(size: int, line: Callable[[int], str]) -> Iterator[str]:
    number = 0
    while size > 0:
        text = line(number)
        yield text
        size -= len(text)
        number += 1


def joined(size: int, part: Callable[[int], str]) -> str:
    """Return parts of about `size` bytes in all, on one line."""
    return lines(size, lambda i: part(i) + ", ").removesuffix(", ")


def main(text: str) -> Files:
    """Return a messaging.yaml without other files."""
    return {"messaging.yaml": text}


def with_schema(properties: str, more: str = "") -> Files:
    """Return a file with one message of these properties, written on one line."""
    schema = f"{{type: object, {more}properties: {{{properties}}}}}"
    return main(f"{HEAD}messages:\n  A: {{schema: {schema}}}\n")


def referred(schema: str) -> Files:
    """Return a file whose one message has its schema in a file of its own."""
    text = f"{HEAD}messages:\n  A: {{schema: {{$ref: a.json}}}}\n"
    return {"messaging.yaml": text, "a.json": schema}


def unknown_names(size: int) -> Files:
    """As many queues as subscriptions to topics that there aren't: each asks for a near name."""
    queues = lines(size // 2, lambda i: f"  some-queue-{i}: {{messages: [A]}}\n")
    edges = lines(
        size // 2, lambda i: f"  edge-{i}: {{from: {{queue: sone-qeue-{i}}}, function: provided}}\n"
    )
    return main(f"{HEAD}{MESSAGE}queues:\n{queues}consumers:\n{edges}")


def graph(size: int) -> Files:
    """A topology of many places and edges."""
    unit: tuple[Callable[[int], str], ...] = (
        lambda i: f"  t{i}: {{messages: [A]}}\n",
        lambda i: f"  q{i}: {{messages: [A]}}\n",
        lambda i: f"  s{i}: {{from: {{topic: t{i}}}, to: {{queue: q{i}}}}}\n",
        lambda i: f"  c{i}: {{from: {{queue: q{i}}}, function: provided}}\n",
        lambda i: f"  p{i}: {{publishes: [{{topic: t{i}}}]}}\n",
    )
    count = size // sum(len(part(9999)) for part in unit) + 1
    words = ("topics", "queues", "subscriptions", "consumers", "producers")
    blocks = (
        f"{word}:\n{''.join(map(part, range(count)))}"
        for word, part in zip(words, unit, strict=True)
    )
    return main(f"{HEAD}{MESSAGE}{''.join(blocks)}")


def edges(size: int, edge: Callable[[int], str]) -> Files:
    """Return a file with one topic, one queue and many edges."""
    places = "topics:\n  t: {messages: [A]}\nqueues:\n  q: {messages: [A]}\n"
    return main(f"{HEAD}{MESSAGE}{places}subscriptions:\n{lines(size, edge)}")


def many_messages(size: int) -> Files:
    """Many messages in one topic that goes to one queue."""
    messages = lines(size // 2, lambda i: f"  M{i}: {{schema: {SCHEMA}}}\n")
    names = ", ".join(f"M{i}" for i in range(messages.count("\n")))
    return main(
        f"{HEAD}messages:\n{messages}topics:\n  t: {{messages: [{names}]}}\n"
        "queues:\n  q: {messages: '*'}\nsubscriptions:\n  s: {from: {topic: t}, to: {queue: q}}\n"
    )


def definitions_of_one_name(size: int) -> Files:
    """Many schemas whose names differ in what no Python name has, referred to from a rule."""

    def name(i: int) -> str:
        return f"D{'-' * (i % 99)}{'_' * (i // 99)}"

    references = joined(size // 2, lambda i: f'{{$ref: "#/$defs/{name(i)}"}}')
    definitions = joined(size // 2, lambda i: f'"{name(i)}": {{type: string}}')
    return with_schema(f"a: {{not: {{anyOf: [{references}]}}}}", f"$defs: {{{definitions}}}, ")


def deep(size: int, opening: str, closing: str) -> str:
    """Return something nested deeper than anything is read."""
    count = size // (len(opening) + len(closing))
    return opening * count + closing * count


FAMILIES: dict[str, Callable[[int], Files]] = {
    "comments to ignore": lambda n: main(
        HEAD + lines(n, lambda _: "# msgc: ignore[queue-without-dlq] x\n")
    ),
    "comments that can't be read": lambda n: main(HEAD + lines(n, lambda _: "# msgc: ignore\n")),
    "comments behind quoted text": lambda n: main(
        QUEUE + "x-a:\n" + lines(n, lambda i: f"  - 'a{i}' # msgc: ignore[queue-without-dlq] x\n")
    ),
    "ignored rules in one comment": lambda n: main(
        f"{HEAD}# msgc: ignore[{joined(n, lambda i: f'rule-{i}')}] x\n"
    ),
    "near names": unknown_names,
    "unknown keys": lambda n: main(HEAD + lines(n, lambda i: f"qeues{i}: 1\n")),
    "one unknown key": lambda n: main(f"{HEAD}{'queues' * (n // 6)}: 1\n"),
    "duplicate keys": lambda n: main(HEAD + lines(n, lambda _: "queues: 1\n")),
    "keys that are no text": lambda n: main(HEAD + lines(n, lambda i: f"{i}: 1\n")),
    "one line": lambda n: main(f"{{version: 1, service: shop, x: [{joined(n, str)}]}}"),
    "errors on one line": lambda n: main(
        f"{{version: 1, service: shop, queues: {{{joined(n, lambda i: f'q{i}: {{a: 1}}')}}}}}"
    ),
    "errors on lines": lambda n: main(
        f"{HEAD}queues:\n{lines(n, lambda i: f'  q{i}: {{messages: [B{i}]}}' + chr(10))}"
    ),
    "one long text": lambda n: main(f"{HEAD}description: {'a ' * (n // 2)}\n"),
    "one long wrong text": lambda n: main(f"{HEAD}queues: {'é' * (n // 2)}\n"),
    "one quote": lambda n: main(f'{HEAD}description: "{"a " * (n // 2)}'),
    "escapes": lambda n: main(f'{HEAD}description: "{chr(92)}u202e{chr(92)}x07' * (n // 10) + '"'),
    "brackets": lambda n: main(HEAD + "x: " + deep(n, "[", "]")),
    "open brackets": lambda n: main(HEAD + "x: " + "[a, " * (n // 4)),
    "closing brackets": lambda n: main(HEAD + "x: a" + "]" * n),
    "indentation": lambda n: main(
        HEAD + "".join(f"{' ' * i}a:\n" for i in range(int((2 * n) ** 0.5)))
    ),
    "spaces": lambda n: main(HEAD + " " * n + "x"),
    "line ends": lambda n: main(HEAD + "\n" * n + " x: : 1"),
    "tabs": lambda n: main(HEAD + "queues:\n" + "\t" * n + "a: 1"),
    "carriage returns": lambda n: main(HEAD + "# \r" * (n // 3)),
    "properties": lambda n: with_schema(joined(n, lambda i: f"p{i}: {{type: string}}")),
    "properties that collide": lambda n: with_schema(
        joined(n, lambda i: f'"a{"-" * (i % 2)}{"_" * (i % 60)}{"." * (i // 60)}": {{}}')
    ),
    "properties of one Python name": lambda n: with_schema(
        joined(n, lambda i: f'"{"-" * (1 + i % 250)}{chr(0x4E00 + i // 250)}": {{type: string}}')
    ),
    "classes of one name": lambda n: with_schema(
        joined(n, lambda i: f"{'ab'[i % 2]}{i}: {{title: Same, type: object, properties: {{}}}}")
    ),
    "required that isn't declared": lambda n: with_schema(
        "a: {}", f"required: [{joined(n, lambda i: f'p{i}')}], "
    ),
    "an enumeration": lambda n: with_schema(f"a: {{enum: [{joined(n, lambda i: f'v{i}')}]}}"),
    "an enumeration of objects": lambda n: with_schema(
        f"a: {{enum: [{joined(n, lambda i: f'{{a: {i}}}')}]}}"
    ),
    "a union": lambda n: with_schema(
        f"a: {{oneOf: [{joined(n, lambda i: f'{{type: object, required: [k{i}]}}')}]}}"
    ),
    "a union with a tag": lambda n: with_schema(
        "a: {oneOf: ["
        + joined(
            n,
            lambda i: f"{{type: object, required: [k], properties: {{k: {{const: v{i}}}}}}}",
        )
        + "]}"
    ),
    "parts of one schema": lambda n: with_schema(
        "a: {type: object, allOf: ["
        + joined(n, lambda i: f"{{properties: {{p{i}: {{type: string}}}}}}")
        + "]}"
    ),
    "parts that forbid all others": lambda n: with_schema(
        "a: {type: object, allOf: ["
        + joined(n, lambda i: f"{{additionalProperties: false, properties: {{p{i}: {{}}}}}}")
        + "]}"
    ),
    "parts that speak of all others": lambda n: with_schema(
        "a: {type: object, allOf: ["
        + joined(
            n,
            lambda i: f"{{additionalProperties: {{type: string}}, properties: {{p{i}: {{}}}}}}",
        )
        + "]}"
    ),
    "parts of one property": lambda n: with_schema(
        "a: {type: object, allOf: ["
        + joined(n, lambda i: f"{{properties: {{p: {{maxLength: {i + 1}}}}}}}")
        + "]}"
    ),
    "definitions of one name": definitions_of_one_name,
    "aliases of what is wrong": lambda n: main(
        f"{HEAD}queues:\n  q: &a {{{'x' * (n // 2)}: 1}}\n"
        + lines(n // 2, lambda i: f"  q{i}: *a\n")
    ),
    "messages of one schema": lambda n: {
        "messaging.yaml": f"{HEAD}messages:\n"
        + lines(n // 2, lambda i: f"  M{i}: {{schema: {{$ref: a.json}}}}\n"),
        "a.json": '{"type": "object", "properties": {'
        + joined(n // 2, lambda i: f'"p{i}": {{"type": "string"}}')
        + "}}",
    },
    "definitions": lambda n: with_schema(
        "a: {}", f"$defs: {{{joined(n, lambda i: f'D{i}: {{type: string}}')}}}, "
    ),
    "references": lambda n: with_schema(
        joined(n, lambda i: f'p{i}: {{$ref: "#/$defs/D"}}'), "$defs: {D: {type: string}}, "
    ),
    "a chain of references": lambda n: with_schema(
        'a: {$ref: "#/$defs/D0"}',
        "$defs: {"
        + joined(n, lambda i: f"D{i}: {{$ref: '#/$defs/D{i + 1}'}}")
        + ", Z: {type: string}}, ",
    ),
    "references that lead nowhere": lambda n: with_schema(
        joined(n, lambda i: f'p{i}: {{$ref: "#/$defs/D{i}"}}')
    ),
    "references to files that aren't there": lambda n: with_schema(
        joined(n, lambda i: f"p{i}: {{$ref: d-{i}.json}}")
    ),
    "anchors in a schema": lambda n: with_schema(
        joined(n, lambda i: f"p{i}: {{$anchor: a{i}, type: string}}")
    ),
    "an example": lambda n: main(
        f"{HEAD}messages:\n  A:\n    schema: {SCHEMA}\n    examples: "
        f"[{{{joined(n, lambda i: f'k{i}: {i}')}}}]\n"
    ),
    "wrong examples": lambda n: main(
        f"{HEAD}messages:\n  A:\n    schema: {SCHEMA}\n    examples: "
        f"[{joined(n, lambda i: f'{{id: {i}}}')}]\n"
    ),
    "a long pattern": lambda n: with_schema(f"a: {{type: string, pattern: '{'a' * n}'}}"),
    "alternatives in a pattern": lambda n: with_schema(
        f"a: {{type: string, pattern: '^({'|'.join(f'a{i}' for i in range(n // 6))})$'}}"
    ),
    "a property name": lambda n: with_schema(f'"{"a-" * (n // 2)}": {{type: string}}'),
    "anchors": lambda n: main(HEAD + "x:\n" + lines(n, lambda i: f"  k{i}: &a{i} 1\n")),
    "aliases": lambda n: main(f"{HEAD}x: [&a [1], {joined(n, lambda _: '*a')}]\n"),
    "unknown aliases": lambda n: main(
        f"{HEAD}x: [{joined(n, lambda i: f'&anchor{i} 1, *amchor{i}')}]\n"
    ),
    "merge keys": lambda n: main(
        f"{HEAD}x:\n  - &a {{a: 1, b: 2}}\n" + lines(n, lambda i: f"  - {{<<: *a, c: {i}}}\n")
    ),
    "merge keys of merge keys": lambda n: main(
        f"{HEAD}x:\n  - &a0 {{a: 1}}\n"
        + lines(n, lambda i: f"  - &a{i + 1} {{<<: *a{i}, k{i}: 1}}\n")
    ),
    "tags": lambda n: main(f"{HEAD}x: [{joined(n, lambda i: f'!t{i} 1')}]\n"),
    "numbers": lambda n: main(f"{HEAD}x: {'1' * n}\n"),
    "places and edges": graph,
    "edges to one queue": lambda n: edges(
        n, lambda i: f"  s{i}: {{from: {{topic: t}}, to: {{queue: q}}}}\n"
    ),
    "edges with filters to one queue": lambda n: edges(
        n, lambda i: f"  s{i}: {{from: {{topic: t}}, to: {{queue: q}}, filter: {{id: [v{i}]}}}}\n"
    ),
    "endpoints of one topic": lambda n: edges(
        n, lambda i: f"  s{i}: {{from: {{topic: t}}, to: {{email: a{i}@example.com}}}}\n"
    ),
    "values in a filter": lambda n: edges(
        1,
        lambda _: (
            "  s: {from: {topic: t}, to: {queue: q}, filter: {id: ["
            + joined(n, lambda i: f"v{i}")
            + "]}}\n"
        ),
    ),
    "wildcards in a filter": lambda n: edges(
        1,
        lambda _: (
            "  s: {from: {topic: t}, to: {queue: q}, filter: {id: ["
            + joined(n, lambda i: f"{{prefix: v{i}}}")
            + "]}}\n"
        ),
    ),
    "messages": many_messages,
    "edges of many messages": lambda n: main(
        f"{HEAD}messages:\n"
        + lines(n // 2, lambda i: f"  M{i}: {{schema: {{type: object}}}}\n")
        + f"topics:\n  t: {{messages: [{', '.join(f'M{i}' for i in range(n // 70))}]}}\n"
        + "queues:\n  q: {messages: '*'}\nsubscriptions:\n"
        + lines(
            n // 2, lambda i: f"  s{i}: {{from: {{topic: t}}, to: {{email: a{i}@example.com}}}}\n"
        )
    ),
    "consumers of one queue": lambda n: main(
        QUEUE
        + "consumers:\n"
        + lines(n, lambda i: f"  c{i}: {{from: {{queue: q}}, function: provided}}\n")
    ),
    "producers": lambda n: main(
        QUEUE + "producers:\n" + lines(n, lambda i: f"  p{i}: {{publishes: [{{queue: q}}]}}\n")
    ),
    "chains of dead-letter queues": lambda n: main(
        f"{HEAD}{MESSAGE}queues:\n"
        + lines(
            n, lambda i: f"  q{i}: {{messages: [A], dead_letter: {{queue: q{i + 1}, after: 3}}}}\n"
        )
    ),
    "environment variables": lambda n: main(
        QUEUE
        + "consumers:\n  c:\n    from: {queue: q}\n    function:\n      code: src\n"
        + "      environment:\n"
        + lines(n, lambda i: f"        V{i}: x\n")
    ),
    "names of one identifier": lambda n: main(
        f"{HEAD}{MESSAGE}queues:\n"
        + lines(n, lambda i: f"  q-{i}: {{messages: [A]}}\n  q{i}: {{messages: [A]}}\n")
    ),
    "tests": lambda n: main(
        QUEUE
        + "producers:\n  p: {publishes: [{queue: q}]}\ntests:\n"
        + lines(
            n,
            lambda i: (
                f"  - {{name: t{i}, publish: {{queue: q, message: A, payload: {{}}}}, "
                "reaches: [queue/q]}\n"
            ),
        )
    ),
    "json: one line": lambda n: referred(json.dumps({"type": "object", "x": list(range(n // 8))})),
    "json: errors": lambda n: referred(
        '{"type": "object", "properties": {' + joined(n, lambda i: f'"p{i}": {{"tpye": 1}}') + "}}"
    ),
    "json: duplicate keys": lambda n: referred(
        '{"type": "object", ' + joined(n, lambda _: '"a": 1') + "}"
    ),
    "json: brackets": lambda n: referred(deep(n, "[", "]")),
    "json: one text": lambda n: referred('"' + "a" * n + '"'),
    "json: an open text": lambda n: referred('"' + "\\n" * (n // 2)),
    "json: escapes": lambda n: referred('{"a": "' + "\\u00e9" * (n // 6) + '"}'),
    "json: spaces": lambda n: referred(" " * n + "{"),
}
