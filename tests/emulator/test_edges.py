"""Every way to every kind of end has a message in the emulator, or stands in the table of others.

Of those, what AWS needs to bring messages over the edge is in a template that is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, assert_never

import pytest

from msgc.kinds import Bound, Confirmation, LogPolicy, OwnRole, Permission, ResourcePolicy, Role
from msgc.links.mechanisms import Link
from msgc.links.model import Links
from msgc.pipeline.check import analyse
from msgc.source import Disk
from msgc.stack import plan
from msgc.topology.narrowing import kind_of
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES
from tests.edges import PAIRS, Pair
from tests.emulator.edges import BEYOND, CARRIES

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"


def carried() -> Iterator[tuple[str, Pair]]:
    """Yield what tests say that messages go over, with the topology."""
    for file in sorted(HERE.glob("test_*.py")):
        for test in vars(import_module(f"tests.emulator.{file.stem}")).values():
            topology, pairs = getattr(test, CARRIES, ("", ()))
            yield from ((topology, pair) for pair in pairs)


def links_of(file: Path) -> Links:
    outcome = analyse(str(file), Disk())
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    return outcome.value.links


def pair_of(link: Link) -> Pair:
    return link.edges[0].way, kind_of(link.target).word


def test_every_way_to_every_kind_of_end_is_tried_or_told_why_not() -> None:
    sent = {pair for _, pair in carried()}
    assert sent | BEYOND.keys() == set(PAIRS)
    assert sent.isdisjoint(BEYOND)


def test_tests_have_the_edges_that_they_name() -> None:
    named: dict[str, set[Pair]] = {}
    for topology, pair in carried():
        named.setdefault(topology, set()).add(pair)
    for topology, pairs in named.items():
        links = links_of(CASES / "emulator" / topology / "messaging.yaml")
        assert pairs <= set(map(pair_of, links.all)), topology


@pytest.mark.parametrize("pair", BEYOND, ids=lambda pair: f"{pair[0].name}-{pair[1]}")
def test_a_template_has_what_the_emulator_can_not_try(pair: Pair) -> None:
    case = BEYOND[pair].template
    _, links = built(TOPOLOGIES[case])
    resources: dict[str, Any] = json.loads(
        (CASES / "templates" / f"{case}.json").read_text("utf-8")
    )["Resources"]
    link = next(link for link in links.all if pair_of(link) == pair)
    made = {
        logical_id: properties
        for logical_id, properties in resources.items()
        if logical_id in ids_of(links, link)
    }
    assert made, f"no edge from {link.origin.name} in {case}"
    text = json.dumps(made)
    delivery = link.edges[0].delivery
    match delivery.access:
        case Role(actions=actions):
            assert_role(resources, made, set(actions))
        case LogPolicy():
            policies = [each for each in resources.values() if each["Type"] == LOG_POLICY]
            assert "logs:PutLogEvents" in json.dumps(policies)
        case Confirmation():
            assert f'"Protocol": "{delivery.protocol}"' in text
        case Bound():
            assert '"Arn"' in text or '"Target"' in text
        case ResourcePolicy() | Permission() | OwnRole():
            raise AssertionError(pair)  # which the emulator knows
        case _:
            assert_never(delivery.access)


LOG_POLICY = "AWS::Logs::ResourcePolicy"
EDGES = frozenset({
    "AWS::SNS::Subscription", "AWS::Events::Rule", "AWS::Scheduler::Schedule", "AWS::Pipes::Pipe",
})  # fmt: skip
"""What brings messages to an end."""


def ids_of(links: Links, link: Link) -> set[str]:
    """Return the logical ids of what is made for the edges of a link."""
    stack = plan(links.topology, links)
    keys = {edge.key for edge in link.edges}
    return {
        stack.logical_id(each)
        for each in stack.resources
        if each.type in EDGES and each.declared.key in keys
    }


def assert_role(resources: dict[str, Any], made: dict[str, Any], actions: set[str]) -> None:
    """Assert that what is made has a role of its own, with exactly these actions on its target."""
    text = json.dumps(made)
    roles = [name for name in resources if f'{{"Fn::GetAtt": ["{name}", "Arn"]}}' in text]
    allowed = [
        {statement["Action"]} if isinstance(statement["Action"], str) else {*statement["Action"]}
        for name in roles
        if resources[name]["Type"] == "AWS::IAM::Role"
        for policy in resources[name]["Properties"].get("Policies", ())
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    assert actions in allowed, allowed
