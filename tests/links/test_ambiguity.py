"""What a handler can tell apart, and what it can't."""

from __future__ import annotations

import pytest

from tests.links.linked import links_of, outcome_of

BASE = """\
version: 1
service: shop
messages:
  A: {schema: {type: object, properties: {id: {type: string}}}}
  B: {schema: {type: object, properties: {id: {type: string}}}}
  Same: {type: A, schema: {type: object, properties: {id: {type: string}}}}
topics:
  own: {messages: [A, B]}
  same: {messages: [Same]}
  theirs: {import: {parameter: /x/theirs}, messages: [B]}
  all-theirs: {import: {parameter: /x/all}, messages: [A, B]}
  by-rule: {}
buses: {bus: {messages: [A, B]}}
queues: {direct: {messages: [A]}, q: {}, lost: {}}
consumers:
  handler: {from: {queue: q}, function: provided}
  on-failures: {from: {queue: lost}, function: provided}
subscriptions:
"""


@pytest.mark.parametrize(
    ("edges", "fine"),
    [
        (["{from: {topic: own}}"], True),
        (["{from: {topic: own}}", "{from: {topic: theirs}}"], True),
        (["{from: {topic: all-theirs}}"], True),
        (["{from: {topic: own}}", "{from: {bus: bus}}"], True),
        (["{from: {topic: own}}", "{from: {topic: by-rule}}"], True),
        (["{from: {bus: bus}, messages: any}", "{from: {bus: bus}}"], True),
        (["{from: {topic: own}, messages: [A]}", "{from: {topic: same}}"], False),
        (["{from: {topic: theirs}}", "{from: {topic: own}, messages: any}"], True),
        (["{from: {topic: theirs}}", "{from: {topic: all-theirs}, messages: any}"], False),
        (
            ["{from: {topic: theirs}}", "{from: {bus: bus}, dead_letter: {queue: q}, to: log}"],
            False,
        ),
    ],
)
def test_what_reaches_one_queue(edges: list[str], fine: bool) -> None:  # noqa: FBT001
    text = BASE + "  feed: {from: {bus: bus}, to: {topic: by-rule}}\n"
    for i, edge in enumerate(edges):
        to = ", to: {log_group: l}" if "to: log" in edge else ", to: {queue: q}"
        text += f"  e{i}: {edge[:-1].replace(', to: log', '')}{to}}}\n"
    found = [d for d in outcome_of(text).diagnostics if d.code.name == "indistinguishable-messages"]
    assert (not found) is fine


def test_a_publishers_messages_keep_their_type_beside_events_of_any() -> None:
    """What rules put on a topic is untyped here; what producers put on it isn't."""
    edges = """\
  feed: {from: {bus: bus}, messages: any, to: {topic: own}}
  on: {from: {topic: own}, to: {queue: q}}
"""
    (arrivals,) = (r.arrivals for r in links_of(BASE + edges).triggers if r.arrivals)
    assert [(a.envelopes, [m.name for m in a.messages], a.untyped) for a in arrivals] == [
        ((), ["A", "B"], False),
        (("eventbridge",), ["A", "B"], True),
    ]
