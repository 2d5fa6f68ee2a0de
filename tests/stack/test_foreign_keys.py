"""Rights on the keys of other services of the repository, which are named by their aliases."""

from __future__ import annotations

from msgc.pipeline.check import analyse
from msgc.stack import plan
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


def test_keys_of_another_service_are_named_by_their_aliases() -> None:
    """The alias follows from what the other service was first called, and from the environment."""
    files = Memory({"messaging.yaml": SHOP, "logistics/messaging.yaml": LOGISTICS})
    checked = analyse("messaging.yaml", files)
    assert [d.message for d in checked.diagnostics if d.code.id == "MSG634"] == []
    assert checked.value is not None
    links = checked.value.variants[1]
    stack = plan(links.topology, links)
    found = {
        (each.declared.name, statement.actions): statement
        for each in stack.rights
        for statement in each.statements
        if statement.condition and "ForAnyValue:StringEquals" in statement.condition
    }
    aliases = {
        who: statement.condition and statement.condition["ForAnyValue:StringEquals"]
        for who, statement in found.items()
    }
    assert aliases == {
        ("till", ("kms:Decrypt", "kms:GenerateDataKey")): {
            "kms:ResourceAliases": ("alias/parcels-messaging-prod", "alias/parcels-seals-prod")
        },
        ("desk", ("kms:Decrypt",)): {"kms:ResourceAliases": ("alias/parcels-seals-prod",)},
    }
    assert stack.of("AWS::KMS::Key") == ()
