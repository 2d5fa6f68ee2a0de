"""No edge is lost on its way: each is in a link, and each link is a resource with rights."""

from __future__ import annotations

import pytest

from msgc.stack import plan
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES

pytestmark = pytest.mark.once

LINK_TYPES = {
    "AWS::SNS::Subscription", "AWS::Events::Rule", "AWS::Lambda::EventSourceMapping",
    "AWS::Pipes::Pipe", "AWS::Scheduler::Schedule",
}  # fmt: skip


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_every_edge_is_in_one_link(case: str) -> None:
    topology, links = built(TOPOLOGIES[case])
    linked = [edge for link in links.all for edge in link.edges]
    assert len(linked) == len(set(linked))
    assert set(linked) == set(topology.subscriptions.values())


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_every_link_is_a_resource_of_the_stack(case: str) -> None:
    topology, links = built(TOPOLOGIES[case])
    stack, links = plan(topology, links), links.of_this_stack
    made = [each.declared for each in stack.resources if each.type in LINK_TYPES]
    off = {each for each in links.sns_subscriptions if not each.is_made}
    without = len(links.event_rules) - len(links.rules) + len(links.long_polls) + len(off)
    assert len(made) == len(links.all) - without
    names = {each.name for each in made}
    edges = [link.edges[0] for link in links.all if link not in {*links.long_polls, *off}]
    assert all(edge.name in names or (edge.poller and edge.poller.name in names) for edge in edges)
    for poll in links.long_polls:  # there is the right to it, and nothing else
        assert any(g.who is poll.consumer and g.on is poll.queue for g in stack.access.grants)


def test_nothing_is_made_of_links_that_other_accounts_make() -> None:
    topology, links = built(TOPOLOGIES["ok-other-accounts"])
    theirs = {link.edges[0].name for link in links.all} - {
        link.edges[0].name for link in links.of_this_stack.all
    }
    stack = plan(topology, links)
    assert len(theirs) == 7
    assert not any(each.declared.name in theirs for each in stack.resources if each.by is None)
    assert {each.declared.name for each in stack.openings} <= {*theirs, "news"}


def test_every_way_is_taken_somewhere() -> None:
    """What the other tests say is said of all links that there are."""
    links = [link for case in TOPOLOGIES.values() for link in built(case)[1].all]
    no_type_of_their_own = 2  # mappings of streams, and what workers poll
    assert len({type(link) for link in links}) == len(LINK_TYPES) + no_type_of_their_own
