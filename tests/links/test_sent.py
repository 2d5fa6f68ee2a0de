"""What `send` and `enrich` put in place of the original counts behind them, not the original."""

from __future__ import annotations

from msgc.links.mechanisms import EventHead
from msgc.pipeline.check import check
from msgc.stack import plan
from tests.files import messaging
from tests.links.linked import links_of, outcome_of

HEAD = """\
version: 1
service: shop
messages:
  Placed:
    schema:
      type: object
      required: [id, who]
      properties: {id: {type: string}, who: {type: string}}
    group_by: who
  Told:
    schema: {type: object, required: [ref], properties: {ref: {type: string}}}
    group_by: ref
"""
BUS = "buses: {events: {messages: [Placed]}, out: {}}\n"


def test_a_pipe_puts_what_it_sends_on_a_bus_under_its_own_type() -> None:
    links = links_of(f"""{HEAD}{BUS}queues: {{buffer: {{}}}}
subscriptions:
  in: {{from: {{bus: events}}, messages: [Placed], to: {{queue: buffer}}}}
  on:
    from: {{queue: buffer}}
    send: {{message: Told, body: {{ref: <$.body.detail.id>}}}}
    to: {{bus: out}}
""")
    (pipe,) = links.pipes
    assert pipe.head is not None
    assert (pipe.head.source, pipe.head.type) == ("shop", "Told")
    assert isinstance(pipe.head, EventHead)


def rule(body: str) -> str:
    return f"""{HEAD}{BUS}queues: {{lane: {{fifo: true, external: subscribe}}}}
subscriptions:
  on:
    from: {{bus: events}}
    messages: [Placed]
    send: {{message: Told, body: {body}}}
    to: {{queue: lane}}
producers: {{web: {{publishes: [{{bus: events}}]}}}}
"""


def test_the_group_of_what_a_rule_sends_is_read_where_it_comes_from() -> None:
    (made,) = links_of(rule("{ref: <$.detail.id>}")).event_rules
    assert made.group == ("id",)
    told = check("messaging.yaml", messaging(rule("{ref: 'to <$.detail.id>'}"))).diagnostics
    assert "group-behind-bus" in {each.code.name for each in told if each.is_error}


DISCRIMINATORS = """\
version: 1
service: shop
messages:
  Placed:
    schema: {type: object, required: [id], properties: {id: {type: string}}}
    discriminator: {field: id}
  Told:
    schema: {type: object, required: [ref], properties: {ref: {type: string}}}
    discriminator: {%s}
queues: {one: {messages: [Placed]}, two: {messages: [%s], external: subscribe}}
subscriptions:
  on: {from: {queue: one}, send: {message: Told, body: {ref: <$.body.id>}}, to: {queue: two}}
"""


def test_messages_that_a_pipe_changes_are_not_told_apart_from_those_behind_it() -> None:
    found = outcome_of(DISCRIMINATORS % ("attribute: kind", "Told")).diagnostics
    assert [d.message for d in found if d.is_error] == []
    found = outcome_of(DISCRIMINATORS % ("attribute: kind", "Placed")).diagnostics
    assert [d.code.name for d in found if d.is_error] == ["mixed-discriminators"]


def test_a_schedule_without_a_body_sends_an_empty_object() -> None:
    links = links_of(f"""{HEAD}consumers:
  timer: {{from: {{schedule: rate(5 minutes)}}, function: provided}}
""")
    (schedule,) = plan(links.topology, links).of("AWS::Scheduler::Schedule")
    target = schedule.properties["Target"]
    assert isinstance(target, dict)
    assert target["Input"] == "{}"


CALLED = """\
queues: {one: {messages: [Placed]}}
subscriptions:
  on:
    from: {queue: one}
    to: {api_destination: {url: "https://a.example.com/*", connection: provided, path: [%s]}}
"""


def test_values_of_a_call_are_looked_for_in_what_a_pipe_reads() -> None:
    found = outcome_of(HEAD + CALLED % "<$.body.id>").diagnostics
    assert [d for d in found if d.is_error] == []
    found = outcome_of(HEAD + CALLED % "<$.body.ids>").diagnostics
    (told,) = (d for d in found if d.is_error)
    assert told.code.name == "not-in-event"
    assert "`$.body.ids`" in told.message


CALLS = """\
subscriptions:
  calls:
    from: {bus: events}
    messages: [Placed]
    to:
      - api_destination: {url: "https://a.example.com", connection: provided}
      - api_destination: {url: "https://b.example.com", connection: provided}
"""


def test_two_api_destinations_of_one_list_have_attributes_of_their_own() -> None:
    links = links_of(HEAD + BUS + CALLS)
    handles = [
        each.handle.name
        for each in plan(links.topology, links).of("AWS::Events::ApiDestination")
        if each.handle is not None
    ]
    assert len(handles) == len(set(handles)) == 2


STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"


def test_a_stream_that_two_edges_read_is_granted_once() -> None:
    links = links_of(f"""{HEAD}subscriptions:
  first: {{from: {{stream: {{arn: "{STREAM}"}}}}, messages: [Placed], to: {{consumer: reader}}}}
  other: {{from: {{stream: {{arn: "{STREAM}"}}}}, messages: [Placed], to: {{consumer: reader}}}}
consumers: {{reader: {{function: provided}}}}
""")
    (rights,) = plan(links.topology, links).rights
    assert [
        len(each.resources) for each in rights.statements if "kinesis:GetRecords" in each.actions
    ] == [1]
