"""A service with something of everything whose failures take their time."""

from __future__ import annotations

from functools import cache

from msgc.describe import describe
from msgc.describe.find import candidates, meant
from msgc.describe.model import Description, Row
from msgc.lint.subject import Subject
from msgc.pipeline.check import Checked, analyse
from tests.files import Memory

SHOP = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema:
      type: object
      required: [id, total]
      properties: {id: {type: string}, total: {type: number}}
    group_by: id
  Tick: {schema: {type: object}}
queues:
  invoicing: {dead_letter: {after: 3}}
  late: {messages: [OrderPlaced], external: true, delay: 10s, retention: 1m}
  lines: {fifo: true, messages: [OrderPlaced], external: true}
  parked: {external: subscribe}
  plain: {messages: [OrderPlaced], external: true, dead_letter: false}
  theirs: {import: {arn: "arn:aws:sqs:eu-west-1:111122223333:theirs"}, messages: [OrderPlaced]}
topics:
  orders: {messages: [OrderPlaced]}
  fifo: {fifo: true, messages: [OrderPlaced]}
buses:
  events: {messages: [OrderPlaced]}
subscriptions:
  to-invoicing:
    from: {topic: orders}
    to: {queue: invoicing}
    filter: {total: [{numeric: [">", 9]}]}
  hook:
    from: {topic: orders}
    to: {https: "https://example.com/x"}
    retry: {attempts: 5}
  text: {from: {topic: orders}, to: {sms: "+31612345678"}}
  few: {from: {bus: events}, to: {queue: parked}, retry: {attempts: 3, max_age: 1h}}
  both: {from: {bus: events}, to: [{queue: parked}, {topic: orders}]}
  lines: {from: {topic: fifo}, to: {queue: lines}}
  nightly: {from: {schedule: rate(1 day)}, send: {message: Tick, body: {a: 1}}, to: {queue: parked}}
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: x, timeout: 30s}
    batch: {size: 10, window: 10s}
  fraud:
    from: {topic: orders}
    function: {code: x, retries: 1}
  given: {from: {bus: events}, function: provided}
  rows:
    from: {stream: {kinesis: provided}}
    messages: [OrderPlaced]
    function: {code: x}
    retry: {attempts: 4}
producers:
  web: {publishes: [{topic: orders}, {topic: fifo}, {bus: events}, {queue: theirs}]}
  bucket: {service: s3.amazonaws.com, arn: "arn:aws:s3:::pictures", publishes: [{queue: plain}]}
"""


@cache
def shop() -> Checked:
    outcome = analyse("messaging.yaml", Memory({"messaging.yaml": SHOP}))
    assert outcome.value is not None, [d.message for d in outcome.diagnostics if d.is_error]
    return outcome.value


def described(name: str) -> Description:
    """What is told about a thing of the shop."""
    checked = shop()
    (candidate,) = meant(candidates(checked.topology), name)
    return describe(candidate, Subject(checked.topology, checked.links))


def rows(name: str, word: str) -> tuple[Row, ...]:
    """The rows of one chapter about a thing of the shop."""
    return next((c.rows for c in described(name).chapters if c.word == word), ())
