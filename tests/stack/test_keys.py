"""Over drawn services: the policy of a key lets in whom an edge needs, for that and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from msgc.stack import Existing, Stack
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.stack.model import Statement
from msgc.stack.values import Path, parts_of, reference
from msgc.topology.ends import Queue, Topic
from msgc.topology.settings import Key
from tests.services import Part, services
from tests.stack.test_rights_property import stack_of

pytestmark = pytest.mark.once


def on_keys(stack: Stack) -> list[Grant]:
    return [grant for grant in stack.access.grants if isinstance(grant.on, Key)]


def policies(stack: Stack) -> Iterator[tuple[str, Statement]]:
    """The statements of the policies of keys, each with the id of its key."""
    for rights in stack.rights:
        if stack.items_by_path[rights.holder].type == "AWS::KMS::Key":
            yield from ((rights.holder[0], statement) for statement in rights.statements)
    for opening in stack.openings:
        if opening.via:
            yield opening.place[0], opening.statement


def sources(statement: Statement) -> set[str]:
    condition: Any = statement.condition or {}
    for operator, key in (
        ("ArnLike", "aws:SourceArn"),
        ("StringEquals", "kms:EncryptionContext:aws:events:event-bus:arn"),
    ):
        if key in condition.get(operator, {}):
            found = condition[operator][key]
            return {repr(each) for each in (found if isinstance(found, tuple) else (found,))}
    return set()


def needing(granted: Iterable[Grant], statement: Statement) -> list[Grant]:
    """The grants that a statement may be there for."""
    actions = set(statement.actions)
    return [
        grant
        for grant in granted
        if actions <= set(ACTIONS[grant.may])
        and (
            grant.who in statement.services
            if isinstance(grant.who, str)
            else not hasattr(grant.who, "name") or not statement.principals
        )
    ]


@settings(max_examples=80, deadline=None)
@given(services())
def test_every_statement_belongs_to_an_edge(parts: list[Part]) -> None:
    stack = stack_of(parts)
    granted = on_keys(stack)
    for _, statement in policies(stack):
        found = needing(granted, statement)
        assert found, statement
        by_service = [grant for grant in found if isinstance(grant.who, str)]
        assert len(sources(statement)) <= max(1, len(by_service))


@settings(max_examples=80, deadline=None)
@given(services())
def test_every_service_that_sends_to_an_encrypted_queue_is_let_in(parts: list[Part]) -> None:
    stack = stack_of(parts)
    let_in = {
        (key, service)
        for key, statement in policies(stack)
        for service in statement.services
        if set(ACTIONS["encrypt"]) <= set(statement.actions)
    }
    for grant in stack.access.grants:
        match grant.on:
            case Queue(encryption=Key() as key) if isinstance(grant.who, str) and key.has_policy:
                assert (path(stack, key), grant.who) in let_in


def path(stack: Stack, key: Key) -> str:
    return next(p[0] for p, item in stack.items_by_path.items() if item.declared is key)


@settings(max_examples=80, deadline=None)
@given(services())
def test_who_reads_or_sends_has_the_key(parts: list[Part]) -> None:
    """Whoever has a role or a policy of its own; the stronger right stands for both."""
    stack = stack_of(parts)
    granted = on_keys(stack)
    for grant in stack.access.grants:
        match grant.on:
            case Queue(encryption=Key() as key) | Topic(encryption=Key() as key):
                wanted = {"kms:Decrypt"} if grant.may in {"receive", "drain"} else set()
                if grant.may in {"send", "publish", "deliver", "discard"}:
                    wanted = set(ACTIONS["encrypt"])
                held = [g for g in granted if g.who is grant.who and g.on is key]
                allowed = {action for each in held for action in ACTIONS[each.may]}
                assert wanted <= allowed or isinstance(grant.who, str)


@settings(max_examples=80, deadline=None)
@given(services())
def test_nobody_has_a_key_who_uses_nothing_that_is_encrypted(parts: list[Part]) -> None:
    stack = stack_of(parts)
    for grant in on_keys(stack):
        if grant.via is not None:
            moved = [q for q in stack.links.topology.queues.values() if q.encryption is grant.on]
            assert grant.via.encryption is grant.on or any(
                queue.dead_letter and queue.dead_letter.queue is grant.via for queue in moved
            )


def test_what_was_moved_is_read_with_the_key_that_it_had() -> None:
    stack = stack_of([
        (("queues", "kept", {"external": True, "dead_letter": {"queue": "parked"},
                             "encryption": {"key": {"managed": "kept"}}}),
         ("queues", "parked", {"encryption": {"key": {"managed": "parked"}}}),
         ("consumers", "reader", {"from": {"queue": "parked"}, "function": "provided"})),
    ])  # fmt: skip
    read = {
        grant.on.name: grant.why
        for grant in on_keys(stack)
        if getattr(grant.who, "name", "") == "reader" and isinstance(grant.on, Key)
    }
    assert read == {
        "parked": "`reader` uses `parked`, which is encrypted with it",
        "kept": "`reader` reads from `parked` what was encrypted with it before",
    }


@settings(max_examples=80, deadline=None)
@given(services())
def test_the_policy_of_a_key_refers_to_nothing_that_needs_the_key(parts: list[Part]) -> None:
    """CloudFormation makes a key with its policy, before what is encrypted with it."""
    stack = stack_of(parts)
    for key in stack.of("AWS::KMS::Key"):
        for of in references(key.properties["KeyPolicy"]):
            assert isinstance(stack.items_by_path[of], Existing)


def references(value: Any) -> Iterator[Path]:
    if isinstance(value, dict):
        value = tuple(value.values())
    for each in value if isinstance(value, tuple) else parts_of(value):
        if isinstance(each, (dict, tuple)):
            yield from references(each)
        elif (found := reference(each)) is not None:
            yield found.of
