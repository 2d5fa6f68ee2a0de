"""From the text of a messaging.yaml to its links, and links as text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgc.diagnostics import Outcome
from msgc.links import link
from msgc.links.mechanisms import Pipe
from msgc.links.model import Arrival, Links
from msgc.pipeline.understand import topology_of as resolve
from msgc.syntax import load
from msgc.topology.model import Topology
from tests.files import messaging


def topology_of(text: str) -> Topology:
    files = messaging(text)
    document = load("messaging.yaml", files).value
    assert document is not None
    resolved = resolve(document, files)
    assert resolved.value is not None
    assert [d.message for d in resolved.diagnostics] == []
    return resolved.value


def outcome_of(text: str) -> Outcome[Links]:
    return link(topology_of(text))


def links_of(text: str) -> Links:
    outcome = outcome_of(text)
    assert [d.message for d in outcome.diagnostics if d.is_error] == []
    assert outcome.value is not None
    return outcome.value


def shown(links: Links) -> str:
    """Return everything in links, a line each."""
    out = []
    for s in links.sns_subscriptions:
        edges = " ".join(edge.name for edge in s.edges)
        out.append(f"subscription {s.construct_id}: {s.topic.name} {s.protocol} ({edges})")
        if s.policy is not None:
            out.append(f"    {s.policy.scope} {json.dumps(s.policy.policy)}")
        out.append(f"    raw={s.raw} dead_letter={s.dead_letter and s.dead_letter.name}")
    for r in links.event_rules:
        out.append(f"rule {r.construct_id}: {r.bus.name} ({r.edge.name})")
        out.append(f"    {json.dumps(r.pattern)}")
    for p in links.event_source_mappings:
        out.append(f"poll {p.queue.name} {p.consumer.name}")
        out += [f"    {json.dumps(pattern)}" for pattern in p.patterns]
    for mapping in links.stream_mappings:
        out += [f"stream {mapping.edge.name}", *(f"    {json.dumps(p)}" for p in mapping.patterns)]
    out += (line for pipe in links.pipes for line in _pipe(pipe))
    for (place, message), attributes in links.attributes.items():
        listed = ", ".join(f"{a.name}:{a.type}" for a in attributes)
        out.append(f"attributes {place.name} {message.name}: {listed}")
    for trigger in links.triggers:
        queue = f" {trigger.queue.name}" if trigger.queue else ""
        out.append(f"trigger {trigger.consumer.name} {trigger.service}{queue}")
        out += [f"    {_arrival(arrival)}" for arrival in trigger.arrivals]
    for address in links.addresses.values():
        out.append(f"address {address.variable} {address.parameter}")
    return "\n".join(out) + "\n"


def _pipe(pipe: Pipe) -> Iterator[str]:
    yield f"pipe {pipe.edge.name}"
    yield from (f"    {json.dumps(pattern)}" for pattern in pipe.patterns)
    if pipe.head is not None:
        yield f"    {pipe.head.source} {pipe.head.type}"
    if pipe.message_ids is not None:
        yield f"    {pipe.message_ids.group} {pipe.message_ids.deduplication}"


def _arrival(arrival: Arrival) -> str:
    envelopes = "+".join(arrival.envelopes) or "payload"
    types = [m.name for m in arrival.messages] + ["anything"] * arrival.untyped
    way = " < ".join(edge.name for edge in arrival.edges) or "a producer"
    return f"{envelopes} attributes={arrival.attributes} {', '.join(types)} by {way}"
