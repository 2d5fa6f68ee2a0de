"""Edits of a service that is deployed and full of messages: those that lose some are named before.

Planned templates are deployed as they are, since nothing in them needs an asset. The emulator's
updates delete what has another logical id, as AWS's do. What a shorter retention deletes, what is
made anew since a property can't change, and confirmations aren't the same there, and not tried.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError

from msgc.stack import plan
from tests.emulator.account import Account
from tests.emulator.adapted import adapted
from tests.emulator.waiting import eventually
from tests.evolution.judged import compiled, inventory, judged, said
from tests.stack.template import template

SHOP = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
defaults: {queues: {removal: delete}, topics: {removal: delete}}
topics:
  orders: {messages: [Placed], external: true}
queues:
  invoicing: {external: subscribe}
  audit: {messages: [Placed], external: true, retention: 10d}
  jobs: {messages: [Placed], external: true, dead_letter: {queue: spoilt, after: 3}}
  spoilt: {external: subscribe}
subscriptions:
  to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
"""
EACH = 3
"""Messages in each queue."""


class Edit(NamedTuple):
    name: str
    replaced: tuple[tuple[str, str], ...]
    loses: bool


def _edit(name: str, *replaced: tuple[str, str], loses: bool) -> Edit:
    return Edit(name, replaced, loses)


_RENAMED = (("  invoicing: {", "  bills: {"), ("{queue: invoicing}", "{queue: bills}"))
_WAS = (("  invoicing: {", "  bills: {was: invoicing, "), ("{queue: invoicing}", "{queue: bills}"))

EDITS = (
    _edit("rename a queue", *_RENAMED, loses=True),
    _edit("rename a queue with was", *_WAS, loses=False),
    _edit("rename the service", ("service: shop", "service: store"), loses=True),
    _edit(
        "rename the service with was",
        ("service: shop", "service: store\nwas: shop"),
        loses=False,
    ),
    _edit(
        "rename a topic with was",
        ("  orders: {", "  sales: {was: orders, "),
        ("{topic: orders}", "{topic: sales}"),
        loses=False,
    ),
    _edit(
        "two queues change their names with was",
        ("  invoicing: {", "  audit: {was: invoicing, "),
        ("  audit: {messages", "  invoicing: {was: audit, messages"),
        ("{queue: invoicing}", "{queue: audit}"),
        loses=False,
    ),
    _edit(
        "rename a dead-letter queue with was",
        ("  spoilt: {", "  poison: {was: spoilt, "),
        ("{queue: spoilt,", "{queue: poison,"),
        loses=False,
    ),
    _edit(
        "drop a queue",
        ("  audit: {messages: [Placed], external: true, retention: 10d}\n", ""),
        loses=True,
    ),
    _edit("drop a dead-letter queue", ("retention: 10d", "dead_letter: false"), loses=True),
    _edit("add a queue", ("queues:\n", "queues:\n  more: {external: publish}\n"), loses=False),
    _edit("rename a subscription", ("  to-invoicing:", "  orders-to-invoicing:"), loses=False),
    _edit("change a delay", ("retention: 10d", "retention: 10d, delay: 5s"), loses=False),
    _edit("lengthen a retention", ("retention: 10d", "retention: 12d"), loses=False),
    _edit("describe a topic", ("  orders: {", "  orders: {display_name: Orders, "), loses=False),
    _edit(
        "reorder queues",
        ("  spoilt: {external: subscribe}\n", ""),
        ("queues:\n", "queues:\n  spoilt: {external: subscribe}\n"),
        loses=False,
    ),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_edit(account: Account, edit: Edit) -> None:
    text = SHOP
    for old, new in edit.replaced:
        assert old in text, old
        text = text.replace(old, new)
    apply(account, SHOP, "create")
    sent = fill(account)
    subscribed = endpoints(account)
    apply(account, text, "update")
    left = waiting(account)
    lost = sum(sent.values()) - sum(left.get(name, 0) for name in sent)
    assert bool(lost) == edit.loses, (sent, left)
    assert edit.loses or subscribed <= endpoints(account)
    found = [d for d in judged(text, inventory(SHOP)).diagnostics if d.is_error]
    assert bool(found) == edit.loses, said(found)


CONSUMERS = """\
consumers:
  clerk:
    from: {queue: invoicing}
    function: {code: lambdas/clerk}
  fraud:
    from: {topic: orders}
    function: {code: lambdas/fraud}
"""
_CODE = {"ZipFile": "def handle(event, context):\n    return None\n"}
"""Of functions, whose own is an asset."""


@pytest.mark.parametrize("is_kept", [True, False], ids=["with was", "without"])
def test_rename_consumers(account: Account, *, is_kept: bool) -> None:
    """A renamed consumer keeps its function, its mapping and its subscription by `was`."""
    text = SHOP + CONSUMERS
    renamed = text
    for old, new in (("clerk", "scribe"), ("fraud", "police")):
        was = f"    was: {old}\n" if is_kept else ""
        renamed = renamed.replace(f"  {old}:\n", f"  {new}:\n{was}")
    apply(account, text, "create")
    before = running(account)
    assert len(before) == 5, before  # two functions, a mapping, two subscriptions
    apply(account, renamed, "update")
    after = running(account)
    assert (before == after) == is_kept, (before, after)
    found = judged(renamed, inventory(text)).diagnostics
    assert bool(found) != is_kept, said(found)
    url = queues(account)["shop-invoicing"]
    account.root.client("sqs").send_message(QueueUrl=url, MessageBody='{"id": "1"}')
    assert eventually(lambda: not waiting(account)["shop-invoicing"], "it is read", 30)


def running(account: Account) -> set[str]:
    """The functions, and what brings messages to them."""
    aws = account.root.client("lambda")
    mappings = aws.list_event_source_mappings()["EventSourceMappings"]
    return {
        *(each["FunctionArn"] for each in aws.list_functions()["Functions"]),
        *(each["UUID"] for each in mappings),
        *endpoints(account),
    }


def apply(account: Account, text: str, how: str) -> None:
    resources = adapted(template(plan(*compiled(text))))
    for each in resources.values():
        if each["Type"] == "AWS::Lambda::Function":
            each["Properties"] |= {"Code": _CODE, "Handler": "index.handle"}
    deploy(account, resources, how)


def deploy(account: Account, resources: dict[str, Any], how: str, name: str = "shop") -> None:
    cloudformation = account.root.client("cloudformation")
    body = json.dumps({"Resources": resources})
    call = getattr(cloudformation, f"{how}_stack")
    try:
        call(StackName=name, TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    except ClientError as error:
        assert "No updates are to be performed" in str(error)  # noqa: PT017  # the best there is
        return

    def finished() -> str | None:
        status: str = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        return None if status.endswith("_IN_PROGRESS") else status

    assert eventually(finished, f"{how} is over", 60) == f"{how.upper()}_COMPLETE"


def queues(account: Account) -> dict[str, str]:
    """The URLs of the queues that there are, by their names."""
    urls = account.root.client("sqs").list_queues().get("QueueUrls", [])
    return {url.rpartition("/")[2]: url for url in urls}


def fill(account: Account) -> dict[str, int]:
    sqs = account.root.client("sqs")
    for url in queues(account).values():
        for number in range(EACH):
            fifo = {"MessageGroupId": "a", "MessageDeduplicationId": str(number)}
            body = json.dumps({"id": str(number)})
            more = fifo if url.endswith(".fifo") else {}
            sqs.send_message(QueueUrl=url, MessageBody=body, **more)
    return waiting(account)


def waiting(account: Account) -> dict[str, int]:
    """How many messages wait in each queue, by its name."""
    sqs, words = account.root.client("sqs"), ("", "Delayed", "NotVisible")
    names = [f"ApproximateNumberOfMessages{word}" for word in words]
    return {
        name: sum(
            int(value)
            for value in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)[
                "Attributes"
            ].values()
        )
        for name, url in queues(account).items()
    }


def endpoints(account: Account) -> set[str]:
    found = account.root.client("sns").list_subscriptions()["Subscriptions"]
    return {each["SubscriptionArn"] for each in found}
