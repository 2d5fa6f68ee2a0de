"""A queue of one's own called `undelivered` isn't taken for the one that msgc makes."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import check
from msgc.pipeline.understand import topology_of as resolve
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


DECLARED = """\
version: 1
service: shop
messages: {Sent: {schema: {type: object, properties: {id: {type: string}}}}}
topics: {sent: {messages: [Sent], external: publish}}
queues: {undelivered: {retention: 3d, dead_letter: false, external: subscribe%s}}
subscriptions: {mail: {from: {topic: sent}, to: {email: ops@example.com}}}
"""


def test_one_to_which_nothing_is_sent_is_the_one_that_edges_share() -> None:
    found = check("messaging.yaml", messaging(DECLARED % ""))
    assert found.ok
    assert found.value is not None
    topology = found.value.topology
    (mail,) = topology.subscriptions.values()
    assert mail.dead_letter is topology.queues["undelivered"]
    assert (mail.dead_letter.kind, mail.dead_letter.retention) == ("declared", 3 * 24 * 3600)


@pytest.mark.parametrize(
    "more", [", messages: [Sent]", ", fifo: true", ", allow: {publish: ['111122223333']}"]
)
def test_one_with_a_purpose_of_its_own_has_to_be_named(more: str) -> None:
    assert any("rename it" in found for found in findings(DECLARED % more))


DERIVED = """\
version: 1
service: parcels
messages:
  Sent:
    schema: {type: object, properties: {id: {type: string}}}
    examples: [{id: "1"}]
topics: {sent: {messages: [Sent]}}
queues: {work: {}}
subscriptions: {to-work: {from: {topic: sent}, to: {queue: work}}}
consumers:
  working: {from: {queue: work}, function: provided}
  rescue: {from: {queue: work-dlq}, function: provided}
  resend: {from: {queue: undelivered}, function: provided}
producers: {web: {publishes: [{topic: sent}]}}
tests:
  - name: every queue has a name
    publish: {topic: sent, message: Sent}
    reaches: [queue/work]
    not: [queue/work-dlq, queue/undelivered%s]
"""


def test_tests_may_name_queues_that_msgc_makes() -> None:
    assert findings(DERIVED % "") == []


def test_a_name_of_nothing_in_a_test_may_be_meant_for_one_of_them() -> None:
    (said,) = findings(DERIVED % ", queue/wrk-dlq")
    assert "there is no queue `wrk-dlq`" in said
    assert "did you mean `queue/work-dlq`?" in said


UNMADE = """\
version: 1
service: parcels
messages: {Sent: {schema: {type: object, properties: {id: {type: string}}}}}
topics: {sent: {messages: [Sent]}}
queues: {work: {external: true}%s}
subscriptions: {to-work: {from: {topic: sent}, to: {queue: work}%s}}
consumers: {resend: {from: {queue: undelivered}, function: provided}}
producers: {web: {publishes: [{topic: sent}, {queue: undelivered}]}}
"""


@pytest.mark.parametrize(
    ("queues", "edge", "said"),
    [
        ("", ", filterr: {}", "unknown-key"),
        (", undelivered: {messages: [Sent]}", "", "duplicate-name"),
        (", undelivered: {messages: [Sent], filterr: 1}", "", "unknown-key"),
    ],
    ids=["its edge is broken", "it is declared", "its declaration is broken"],
)
def test_nothing_else_is_said_of_what_would_need_it(queues: str, edge: str, said: str) -> None:
    """Whatever is left out for a mistake leaves no queue behind that nobody makes."""
    files = messaging(UNMADE % (queues, edge))
    codes = {d.code.name for d in check("messaging.yaml", files).diagnostics}
    assert said in codes
    assert codes <= {said, "duplicate-name"}


def findings(text: str) -> list[str]:
    """What is wrong with a file, with the help."""
    files = messaging(text)
    return [f"{d.message}; {d.help}" for d in check("messaging.yaml", files).diagnostics]


def test_what_names_the_broken_one_is_not_told_to_name_none() -> None:
    edge = "}, meant: {from: {topic: sent}, to: {queue: other}, dead_letter: {queue: undelivered}"
    files = messaging(UNMADE % (", other: {external: true}, undelivered: {messages: [Sent]}", edge))
    found = check("messaging.yaml", files).diagnostics
    assert [d.code.name for d in found] == ["duplicate-name"]


FAILURES = """\
version: 1
service: shop
messages: {Sent: {schema: {type: object, properties: {id: {type: string}}}}}
topics: {sent: {messages: [Sent]}}
queues: {undelivered: {dead_letter: false, retention: 7d}, work: {external: true}}
subscriptions:
  named: {from: {topic: sent}, to: {queue: work}, dead_letter: {queue: undelivered}}
consumers:
  direct: {from: {topic: sent}, function: {code: direct}}
producers: {web: {publishes: [{topic: sent}]}}
"""


def test_one_that_is_for_failures_alone_is_the_shared_one() -> None:
    """An edge names it, and nothing else goes there: so what names none uses it as well."""
    files = messaging(FAILURES)
    document = load("messaging.yaml", files).value
    assert document is not None
    outcome = resolve(document, files)
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.value is not None
    undelivered = outcome.value.queues["undelivered"]
    assert {edge.dead_letter for edge in outcome.value.subscriptions.values()} == {undelivered}
    assert outcome.value.consumers["direct"].on_failure is undelivered
