"""Every right has an edge that needs it, and nothing is allowed that no grant says."""

from __future__ import annotations

import pytest

from msgc.links.mechanisms import EventRule, SnsSubscription
from msgc.stack import plan
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.topology.declared import Declared
from msgc.topology.ends import Consumer, Producer
from msgc.topology.settings import Key
from tests.assembly import ROOT
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES


def shown(grant: Grant) -> str:
    match grant.who:
        case str(who):
            pass
        case EventRule(edge=edge):
            who = edge.name
        case SnsSubscription(edges=edges):
            who = edges[0].name
        case Consumer(name=name) | Producer(name=name):
            who = name
    on = grant.on.name if isinstance(grant.on, Declared) else grant.on
    return f"{who} {grant.may} {on}: {grant.why}"


def test_who_may_do_what_in_the_checkout() -> None:
    stack = plan(*built(ROOT / "examples" / "checkout" / "messaging.yaml"))
    found = [shown(grant) for grant in stack.access.grants]
    for line in (
        "sns.amazonaws.com send invoicing: `big-orders-to-invoicing` delivers to it",
        "sns.amazonaws.com send undelivered: what `ops-mail` can't deliver goes there",
        "sns.amazonaws.com invoke fraud: `fraud` delivers to it",
        "findings deliver orders-ops: `findings` delivers to it",
        "invoicing receive invoicing: `invoicing` reads it",
        "invoicing send receipts: `invoicing` publishes there",
        "checkout-api put commerce: `checkout-api` publishes there",
        "checkout-api find /checkout/messaging/topics/orders: `checkout-api` finds `orders` there",
    ):
        assert line in found


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_nothing_is_allowed_without_a_grant(case: str) -> None:
    stack = plan(*built(TOPOLOGIES[case]))
    granted = {
        ("sqs:SendMessage",)
        if isinstance(grant.who, str) and not isinstance(grant.on, Key)
        else ACTIONS[grant.may]
        for grant in stack.access.grants
    }
    for rights in stack.rights:
        if stack.items_by_path[rights.holder].type == "AWS::KMS::Key":
            continue  # see test_keys
        for statement in rights.statements:
            assert statement.actions in granted


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_every_grant_is_in_a_policy(case: str) -> None:
    """A permission for each function and source, and a statement for each of the rest."""
    stack = plan(*built(TOPOLOGIES[case]))
    invoked = [grant for grant in stack.access.grants if grant.may == "invoke"]
    assert len(stack.of("AWS::Lambda::Permission")) == len(invoked)
    for queue, senders in stack.access.senders.items():
        wanted = [g for g in stack.access.grants if g.on is queue and isinstance(g.who, str)]
        assert bool(wanted) == bool(senders)
        assert {g.who for g in wanted} == {name for each in senders for name in each.principals}
    for publisher, rights in stack.access.identities.items():
        wanted = [g for g in stack.access.grants if g.who is publisher]
        assert {g.may for g in wanted} == {right.may for right in rights}
