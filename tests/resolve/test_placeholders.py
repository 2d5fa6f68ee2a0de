"""Placeholders are told of once, whatever else is wrong with the text; `$${` is a literal one."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse
from msgc.resolve.variables.placeholders import placeholders
from msgc.topology.ends import Outside
from msgc.topology.settings import MadeFunction
from tests.files import messaging

FILE = """\
version: 1
service: parking
owner: %s
messages: {CarIn: {type: %s, schema: {type: object, properties: {plate: {type: string}}}}}
topics: {cars: {messages: [CarIn], display_name: %s}}
subscriptions:
  hook: {from: {topic: cars}, to: {https: %s}, filter: {plate: [%s, {prefix: %s}]}}
consumers:
  gate: {from: {topic: cars}, function: {code: gate, environment: {TEXT: %s}}}
producers: {ramp: {publishes: [{topic: cars}]}}
"""


def test_a_literal_one_comes_out_as_it_is_meant() -> None:
    texts = [
        "$${o}",
        "$${m}",
        "cars $${t}",
        "https://a.example.com/$${h}",
        "$${p}",
        "$${q",
        "$$${e}",
    ]
    outcome = analyse("messaging.yaml", messaging(FILE % tuple(f'"{text}"' for text in texts)))
    assert [d.code.name for d in outcome.diagnostics] == []
    assert outcome.value is not None
    topology = outcome.value.topology
    hook, function = topology.subscriptions["hook"], topology.consumers["gate"].function
    assert isinstance(hook.target, Outside)
    assert isinstance(function, MadeFunction)
    assert [
        topology.owner,
        topology.messages["CarIn"].type,
        topology.topics["cars"].display_name,
        hook.target.text,
        hook.filter,
        function.environment,
    ] == [
        "${o}",
        "${m}",
        "cars ${t}",
        "https://a.example.com/${h}",
        {"plate": ["${p}", {"prefix": "${q"}]},
        {"TEXT": "$${e}"},
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", 'version: "${v}"'),
        ("service: parking", 'service: "${s}"'),
        ("schema: {type: object, properties: {plate: {type: string}}}", 'schema: "${schema}"'),
        ("code: gate", 'code: gate, memory: "${m}"'),
        ("code: gate", 'code: gate, timeout: "${t}"'),
        ("topic: cars}, function", 'topic: "${t}"}, function'),
        ("messages: [CarIn], display", 'external: "${e}", messages: [CarIn], display'),
    ],
)
def test_what_else_is_wrong_with_it_isnt_told(old: str, new: str) -> None:
    text = FILE % ("a", "b", "c", '"https://a.example.com"', "d", "e", "f")
    assert old in text
    found = analyse("messaging.yaml", messaging(text.replace(old, new))).diagnostics
    line = next(i for i, row in enumerate(text.splitlines(), 1) if old in row)
    there = [d for d in found if d.span.source.position(d.span.start)[0] == line and d.is_error]
    assert "placeholder" in {d.code.name for d in there}
    assert {d.code.name for d in there} <= {"placeholder", "unknown-name"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("$", []),
        ("{a}", []),
        ("${a}", ["${a}"]),
        ("x${a}y${b}", ["${a}", "${b}"]),
        ("${", ["${"]),
        ("${a", ["${a"]),
        ("$${a}", []),
        ("$$${a}", []),
        ("$${a}${b}", ["${b}"]),
        ("$a{b}", []),
    ],
)
def test_what_a_placeholder_is(text: str, found: list[str]) -> None:
    assert list(placeholders(text)) == found
