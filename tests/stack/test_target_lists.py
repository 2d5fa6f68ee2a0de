"""Lists of targets: what a target's ids come from, and that its place in the list is not it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from msgc.stack import plan
from msgc.stack.resources.event_rules import shortened
from tests.cdk.synthesis import built

FILE = """\
version: 1
service: fan
messages: {{A: {{schema: {{type: object}}}}}}
topics: {{alerts: {{}}, orders: {{messages: [A]}}}}
queues: {{archive: {{external: true}}}}
buses: {{commerce: {{messages: [A]}}}}
subscriptions:
  fan-out: {{from: {{{origin}}}, to: {to}}}
  mail: {{from: {{topic: alerts}}, to: {{email: ops@example.com}}}}
consumers: {{work: {{from: {{topic: orders}}, function: provided}}}}
producers: {{web: {{publishes: [{{bus: commerce}}, {{topic: orders}}]}}}}
"""
OF_BUS = ("{topic: alerts}", "{queue: archive}", "{consumer: work}", "{log_group: /fan}")
OF_TOPIC = ("{email: a@example.com}", "{queue: archive}", "{email: b@example.com}")


def resources(folder: Path, origin: str, to: str) -> dict[str, Any]:
    path = folder / "messaging.yaml"
    path.write_text(FILE.format(origin=origin, to=to))
    stack = plan(*built(path))
    return {stack.logical_id(each): repr(each.properties) for each in stack.resources}


@pytest.mark.parametrize(
    ("origin", "targets"), [("bus: commerce", OF_BUS), ("topic: orders", OF_TOPIC)]
)
def test_their_order_is_of_no_matter(tmp_path: Path, origin: str, targets: tuple[str, ...]) -> None:
    plans = [
        resources(tmp_path, origin, f"[{', '.join(order)}]") for order in permutations(targets)
    ]
    assert all(each == plans[0] for each in plans)


def test_one_more_changes_no_other(tmp_path: Path) -> None:
    few = resources(tmp_path, "bus: commerce", f"[{', '.join(OF_BUS[:2])}]")
    more = resources(tmp_path, "bus: commerce", f"[{', '.join(OF_BUS)}]")
    assert few.keys() <= more.keys()
    assert {key for key in few if few[key] != more[key]} == {"FanFanOutRule"}


def test_a_target_alone_has_the_id_that_it_always_had(tmp_path: Path) -> None:
    alone = resources(tmp_path, "bus: commerce", OF_BUS[0])
    assert "'Id': 'Target'" in alone["FanFanOutRule"]
    assert "FanFanOutRuleRole" in alone


def test_an_id_that_is_too_long_ends_in_a_digest() -> None:
    one, other = shortened("A" * 80 + "Queue"), shortened("A" * 81 + "Queue")
    assert len(one) == len(other) == 64
    assert one != other
