"""Edges from a topic of another service let in what they take, whatever else that publishes."""

from __future__ import annotations

from typing import Any

import pytest

from msgc.links.mechanisms import SnsSubscription
from msgc.pipeline.check import check
from msgc.workspace import Workspace
from tests.files import Memory

OWNER = """\
version: 1
service: bank
messages:
  Paid: {schema: {type: object, properties: {to: {type: string}}}}
  Refunded: {schema: {type: object, properties: {to: {type: string}}}}
topics: {payments: {messages: [Paid, Refunded], external: subscribe}}
producers: {api: {publishes: [{topic: payments}]}}
"""
READER = """\
version: 1
service: mail
messages:
  Money: {import: {service: bank, message: Paid}}
topics: {payments: {import: {service: bank}}}
queues: {inbox: {external: subscribe}}
subscriptions:
  news: {from: {topic: payments}, to: {queue: inbox}}
"""
PUBLISHER = "producers: {office: {publishes: [{topic: payments, messages: [Money]}]}}\n"
OTHER = "  Back: {import: {service: bank, message: Refunded}}\n"


def compiled(reader: str, owner: str = OWNER) -> tuple[Any, list[tuple[str, str | None]]]:
    files = Memory({"bank/messaging.yaml": owner, "mail/messaging.yaml": reader})
    found = check("mail/messaging.yaml", Workspace(files))
    links = found.value.links.all if found.value is not None else ()
    made = [link for link in links if isinstance(link, SnsSubscription)]
    policies = [each.policy and each.policy.policy for each in made]
    return policies[0] if policies else None, [(d.code.name, d.help) for d in found.diagnostics]


@pytest.mark.parametrize("edge", ["", "messages: [Money], "])
def test_what_this_file_does_not_know_is_left_out(edge: str) -> None:
    text = READER.replace("news: {", f"news: {{{edge}")
    assert compiled(text) == ({"message_type": ["Paid"]}, [])


def test_all_that_is_published_is_not_filtered() -> None:
    both = READER.replace("topics:", f"{OTHER}topics:")
    assert compiled(both)[0] is None
    assert compiled(both.replace("news: {", "news: {messages: [Money], "))[0] == {
        "message_type": ["Paid"]
    }
    assert compiled(READER.replace("news: {", "news: {messages: any, "))[0] is None
    assert compiled(READER, OWNER.replace("[Paid, Refunded]", "[Paid]"))[0] is None


def test_a_filter_on_the_body_alone_can_not_tell_them_apart() -> None:
    text = READER.replace("news: {", "news: {filter: {to: [me]}, ")
    _, found = compiled(text)
    assert [name for name, _ in found] == ["no-type-to-filter-on"]
    assert (found[0][1] or "").startswith("have it send that: `attributes: [to]` on the message")
    promised = OWNER.replace("Paid: {", "Paid: {attributes: [to], ")
    assert compiled(text, promised) == ({"message_type": ["Paid"], "to": ["me"]}, [])


@pytest.mark.parametrize(
    "mistake",
    ["queues: {x: {typo: 1}}", "queues: {x: {messages: [Nope]}}", "queues: {"],
)
def test_what_a_broken_file_sends_is_not_guessed(mistake: str) -> None:
    filtered = READER.replace("news: {", "news: {filter: {to: [me]}, ")
    publishing = f"{READER.replace('news: {', 'news: {messages: any, ')}{PUBLISHER}"
    for text in (READER, filtered, publishing):
        _, found = compiled(text, f"{OWNER}{mistake}\n")
        assert {name for name, _ in found} == {"broken-import"}


def test_of_a_broken_file_it_may_not_matter() -> None:
    text = READER.replace("news: {", "news: {messages: any, ")
    assert compiled(text, f"{OWNER}queues: {{x: {{typo: 1}}}}\n") == (None, [])


def test_of_what_is_not_known_at_all_everything_comes() -> None:
    text = READER.replace("messages:\n  Money: {import: {service: bank, message: Paid}}\n", "")
    policy, found = compiled(text)
    assert policy is None
    assert [name for name, _ in found] == ["messages-not-imported"]
