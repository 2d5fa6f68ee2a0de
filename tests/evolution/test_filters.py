"""What a build says of filters, by comparing the generated files that are there with its own."""

from __future__ import annotations

from functools import cache

import pytest

from msgc.diagnostics import Diagnostic
from msgc.emit.emitters import emit
from msgc.evolution.filters import filters_to_deploy
from msgc.links.model import Links
from msgc.topology.model import Topology
from tests.evolution.judged import compiled

SERVICE = """\
version: 1
service: shop
messages:
  Placed:
    schema:
      type: object
      required: [id]
      properties: {id: {type: string}, total: {type: integer}}
  Closed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
topics: {orders: {messages: [Placed, Closed]}}
queues: {big: {external: true}, all: {external: true}}
subscriptions:
  some: {from: {topic: orders}, messages: [Placed], to: {queue: all}, filter: {id: [{prefix: a}]}}
  big: {from: {topic: orders}, messages: [Placed], to: {queue: big}}
producers:
  api: {publishes: [{topic: orders}]}
  web: {publishes: [{topic: orders, messages: [Placed]}]}
"""
MORE = (
    "  more: {from: {topic: orders}, messages: [Placed], to: {email: a@example.com},"
    " filter: {id: [b]}}"
)
NEW = 'to: {queue: big}, filter: {total: [{numeric: [">", 5]}]}}'


@cache
def built(text: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    artifacts = emit((compiled(text)[1],))
    stub = [a.text.encode() for a in artifacts if "/publishers/orders" in a.path]
    stack = [a.text.encode() for a in artifacts if a.path.endswith("_stack/__init__.py")]
    assert stub
    assert stack
    return tuple(stub), tuple(stack)


def found(before: str, after: str) -> list[Diagnostic]:
    links: Links
    _topology: Topology
    _topology, links = compiled(after)
    return list(filters_to_deploy(links, *built(before)))


def changed(*pairs: tuple[str, str]) -> str:
    text = SERVICE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_build_of_the_same_says_nothing() -> None:
    assert found(SERVICE, SERVICE) == []


ONE_TYPE = ("[Placed, Closed]", "[Placed]")


def test_a_filter_on_a_new_attribute_names_who_is_deployed_first() -> None:
    (one,) = found(changed(ONE_TYPE), changed(ONE_TYPE, ("to: {queue: big}}", NEW)))
    assert one.code.name == "attribute-not-sent-yet"
    assert "don't send `total` with `Placed` yet" in one.message
    assert (
        one.help == "deploy `api` and `web` first, and then this stack; or write `filter_on: body`"
    )
    assert str(one.span) == "messaging.yaml:14:78"


def test_a_filter_on_the_body_waits_for_nobody() -> None:
    new = changed(ONE_TYPE, ("to: {queue: big}}", f"filter_on: body, {NEW}"))
    assert found(changed(ONE_TYPE), new) == []


def test_the_body_is_not_offered_where_it_does_not_tell_the_type() -> None:
    (one,) = found(SERVICE, changed(("to: {queue: big}}", NEW)))
    assert one.help == "deploy `api` and `web` first, and then this stack"


def test_a_new_message_and_a_new_subscription_are_no_change() -> None:
    kept = changed(
        (
            "  big:",
            f"{MORE}\n  big:",
        )
    )
    assert found(SERVICE, kept) == []
    new = changed(
        (", messages: [Placed]}]}", "}]}"),
        ("messages: [Placed], to: {queue: all}", "to: {queue: all}"),
    )
    assert [each.code.name for each in found(SERVICE, new)] == ["attribute-not-sent-yet"]


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (("web: {", "web: {stubs: false, "), "the body, no longer at the attributes"),
        (("filter: {id", "filter_on: body, filter: {id"), "the body, no longer at the attributes"),
    ],
)
def test_another_scope_is_named(edit: tuple[str, str], where: str) -> None:
    (one,) = found(changed(ONE_TYPE), changed(ONE_TYPE, edit))
    assert one.code.name == "filter-scope-changes"
    assert where in one.message
    assert "`filter_on: attributes`" in (one.help or "")


def test_broken_files_tell_nothing() -> None:
    _, links = compiled(changed(("to: {queue: big}}", NEW)))
    assert (
        list(filters_to_deploy(links, [b"class :", b"\0", b"class A:\n    x = 1\n"], [b"("])) == []
    )
