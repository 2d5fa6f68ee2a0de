"""A queue of one's own called `undelivered` isn't taken for the one that msgc makes."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import topology_of as resolve
from msgc.syntax import load
from tests.files import messaging

FILE = """\
version: 1
service: parcels
messages: {Sent: {schema: {type: object, properties: {id: {type: string}}}}}
topics: {sent: {messages: [Sent]}}
queues: {undelivered: {messages: [Sent], external: true}, work: {external: true}}
subscriptions:
  to-work: {from: {topic: sent}, to: {queue: work}%s}
consumers:
  direct: {from: {topic: sent}%s, function: {code: direct%s}}
"""
NAMED = ", dead_letter: {queue: undelivered}"


@pytest.mark.parametrize(
    ("edge", "consumer", "failure", "where"),
    [
        ("", NAMED, ", on_failure: false", 7),
        (NAMED, "", ", on_failure: false", 9),
        (NAMED, NAMED, "", 9),
        (NAMED, NAMED, ", on_failure: {queue: undelivered}", None),
        (", dead_letter: false", ", dead_letter: false", ", on_failure: false", None),
    ],
)
def test_who_would_use_it(edge: str, consumer: str, failure: str, where: int | None) -> None:
    files = messaging(FILE % (edge, consumer, failure))
    document = load("messaging.yaml", files).value
    assert document is not None
    found = resolve(document, files).diagnostics
    if where is None:
        assert not found
    else:
        (told,) = found
        assert told.code.name == "duplicate-name"
        assert told.span.source.position(told.span.start) == (5, 10)
        (label,) = told.labels
        assert label.span.source.position(label.span.start)[0] == where
