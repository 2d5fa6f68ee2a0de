"""Rights on the keys of other services of the repository, which are named by their aliases."""

from __future__ import annotations

from msgc.pipeline.check import analyse
from msgc.stack import Stack, plan
from msgc.stack.values import Value
from tests.files import Memory

LOGISTICS = """\
version: 1
service: logistics
was: parcels
messages: {Shipped: {schema: {type: object, properties: {id: {type: string}}}}}
topics: {shipments: {messages: [Shipped], external: true, encryption: {key: managed-by-stack}}}
queues: {returns: {messages: [Shipped], external: true, encryption: {key: {managed: seals}}}}
environments: {dev: , prod: }
"""
SHOP = """\
version: 1
service: shop
messages: {Shipped: {import: {service: logistics}}}
topics: {shipments: {import: {service: logistics}}}
queues: {returns: {import: {service: logistics}}}
producers:
  till: {publishes: [{topic: shipments}, {queue: returns, messages: [Shipped]}], role: provided}
  desk: {reads: [{queue: returns}], role: provided}
environments: {dev: , prod: }
"""


MESSAGING = "alias/parcels-messaging-prod"


def test_keys_of_another_service_are_named_by_their_aliases() -> None:
    """The alias follows from what the other service was first called, and from the environment."""
    seals = "alias/parcels-seals-prod"
    assert made(LOGISTICS) == {MESSAGING, seals}
    assert named(LOGISTICS) == {
        ("till", ("kms:Decrypt", "kms:GenerateDataKey")): (MESSAGING, seals),
        ("desk", ("kms:Decrypt",)): (seals,),
    }


def test_each_stack_of_another_service_has_keys_of_its_own() -> None:
    logistics = f"{LOGISTICS}stacks: {{back-office: {{queues: [returns]}}}}\n"
    seals = "alias/parcels-back-office-seals-prod"
    assert {MESSAGING, seals} <= made(logistics)
    assert named(logistics) == {
        ("till", ("kms:Decrypt", "kms:GenerateDataKey")): (seals, MESSAGING),
        ("desk", ("kms:Decrypt",)): (seals,),
    }


def planned(files: dict[str, str]) -> Stack:
    """Return the stack of messaging.yaml in prod."""
    checked = analyse("messaging.yaml", Memory(files))
    assert [d.message for d in checked.diagnostics if d.code.id == "MSG634"] == []
    assert checked.value is not None
    links = checked.value.variants[1]
    return plan(links.topology, links)


def made(logistics: str) -> set[Value]:
    """Return the aliases of the keys that a service makes."""
    stack = planned({"messaging.yaml": logistics})
    return {each.properties["AliasName"] for each in stack.of("AWS::KMS::Alias")}


def named(logistics: str) -> dict[tuple[str, tuple[str, ...]], Value]:
    """Return by whom and what is allowed the aliases on whose keys, in the stack of another."""
    stack = planned({"messaging.yaml": SHOP, "logistics/messaging.yaml": logistics})
    assert stack.of("AWS::KMS::Key") == ()
    found: dict[tuple[str, tuple[str, ...]], Value] = {}
    for each in stack.rights:
        for statement in each.statements:
            match statement.condition:
                case {"ForAnyValue:StringEquals": {"kms:ResourceAliases": aliases}}:
                    found[each.declared.name, statement.actions] = aliases
                case _:
                    pass
    return found
