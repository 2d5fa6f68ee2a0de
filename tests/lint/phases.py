"""A messaging.yaml given as text, through all phases up to lint."""

from __future__ import annotations

import re

from msgc.diagnostics import Diagnostic
from msgc.links import link
from msgc.links.model import Links
from msgc.lint import lint
from msgc.pipeline.understand import topology_of as resolve
from msgc.schema import validate
from msgc.source import Files
from msgc.syntax import load
from msgc.topology.model import Topology
from tests.files import Memory

ORDER_PLACED = """\
messages:
  OrderPlaced:
    schema:
      type: object
      required: [order_id, event_id]
      properties: {order_id: {type: string}, event_id: {type: string}}
    group_by: order_id
    deduplicate_by: event_id
"""


LOGISTICS = """\
version: 1
service: logistics
messages: {Shipped: {schema: {type: object}}}
queues: {parcels: {external: true}, sealed: {external: true, encryption: {key: provided}}}
topics:
  shipments: {messages: [Shipped], external: true}
  posted: {messages: [Shipped], external: true}
  mailed: {replaces: posted, messages: [Shipped], external: true}
"""
"""The other service of the repository, of which some examples speak."""


def completed(example: str) -> str:
    """Add what the examples of the rules leave out."""
    messages = (
        ORDER_PLACED if "OrderPlaced" in example and "\nmessages:" not in f"\n{example}" else ""
    )
    return f"version: 1\nservice: shop\n{messages}{example}"


def examples(explanation: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", explanation, re.DOTALL | re.MULTILINE)


def resolved(path: str, files: Files) -> tuple[Topology, Links, list[Diagnostic]]:
    """Take a file as far as lint, with everything that was said on the way."""
    loaded = load(path, files)
    assert loaded.value is not None, loaded.diagnostics
    found = [*loaded.diagnostics, *validate(loaded.value.root)]
    topology = resolve(loaded.value, files)
    found += topology.diagnostics
    assert topology.value is not None, [d.message for d in found]
    links = link(topology.value)
    found += links.diagnostics
    assert links.value is not None, [d.message for d in found]
    return topology.value, links.value, found


def checked(text: str, *, resource_limit: int | None = 500) -> list[Diagnostic]:
    """Everything that is said about a messaging.yaml, the phases before lint included."""
    files = Memory({"messaging.yaml": text, "logistics/messaging.yaml": LOGISTICS})
    topology, links, found = resolved("messaging.yaml", files)
    return [*found, *lint(topology, links, resource_limit=resource_limit)]
