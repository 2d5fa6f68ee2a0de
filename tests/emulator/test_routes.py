"""`msgc route` says what the emulator does: random topologies, really deployed and published to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from msgc.filtering.conditions import Condition, conditions
from msgc.pipeline.check import Checked, analyse
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.source import Disk
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.messages import Message
from tests.assembly import synthesised
from tests.emulator import stubs
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.waiting import eventually
from tests.routing.topologies import payload, text, topology

SEEDS = (12, 45, 63)
"""Of topologies and messages that meet each of the faults."""
MESSAGES = 40
"""Published to each topology, on its places by turns."""

APP = """\
from __future__ import annotations

import aws_cdk as cdk

from infra.routes_messaging_stack import RoutesMessagingStack

app = cdk.App()
RoutesMessagingStack(app, "Routes")
app.synth()
"""

FAULTS: dict[str, Callable[[Condition, object], bool]] = {
    "looks into no list of objects": lambda _, way: isinstance(way, list),
    "takes a field for there whose object isn't": lambda asked, way: (
        way is None and {"exists": False} in asked.matchers
    ),
}
"""Where the emulator isn't AWS: what of a filter policy about the body it gets wrong, by the field
that is asked for and what is found on the way to it in the body."""

Arrivals = dict[str, Counter[str]]
"""For each queue, how often each message came, by the `id` in it."""


def analysed(project: Path) -> Checked:
    outcome = analyse(str(project / "messaging.yaml"), Disk())
    assert outcome.value is not None
    assert outcome.ok, [d.message for d in outcome.diagnostics if d.is_error]
    return outcome.value


@pytest.mark.parametrize("seed", SEEDS)
def test_what_arrives_is_what_route_says(
    seed: int, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / f"routes-{seed}"
    project.mkdir()
    (project / "messaging.yaml").write_text(text(topology(Random(seed), receivers=30)))
    (project / "app.py").write_text(APP)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=project, check=True)
    checked = analysed(project)
    deployed = deploy(account, synthesised(project, validated=False))
    package = stubs.imported(monkeypatch, project, "routes_messaging")

    random, router = Random(seed), Router(checked.links)
    places = [place for place in checked.topology.places if place.messages]
    unknown: set[tuple[str, str]] = set()
    told: Arrivals = {queue.name: Counter() for queue in checked.topology.queues.values()}
    for i in range(MESSAGES):
        place = places[i % len(places)]
        message = random.choice(place.messages)
        value = payload(random, message.name, f"m-{i}")
        publisher(package, place, deployed).publish(stubs.message(package, message.name, value))
        route = router.route(place, published(checked.links, place, message, value))
        receivers = [way.receiver for way in route.arrived]
        for queue in [place, *receivers] if isinstance(place, Queue) else receivers:
            if isinstance(queue, Queue):
                told[queue.name][f"m-{i}"] += 1
        for name in beyond_the_emulator(checked, place, message, value):
            unknown.add((name, f"m-{i}"))
            del told[name][f"m-{i}"]
    assert sum(map(len, told.values())) > MESSAGES / 2, "the filters of this seed let little pass"

    arrived: Arrivals = {name: Counter() for name in told}

    def everything() -> bool:
        collect(checked, deployed, arrived)
        for name, id_ in unknown:
            del arrived[name][id_]
        return all(not told[name] - arrived[name] for name in told)

    try:
        eventually(everything, "all messages are where they should be")
    except AssertionError as error:
        missing = {name: sorted(told[name] - arrived[name]) for name in told}
        error.add_note(f"missing: { {name: ids for name, ids in missing.items() if ids} }")
        raise
    everything()
    assert arrived == told


def beyond_the_emulator(
    checked: Checked, place: Place, message: Message, value: dict[str, Any]
) -> Iterator[str]:
    """The queues for which the emulator can't tell whether their filter takes a message."""
    event = {"source": message.source, "detail-type": message.type, "detail": value}
    for subscription in checked.links.sns_subscriptions:
        policy, queue = subscription.policy, subscription.target
        if policy is None or policy.scope != "MessageBody" or not isinstance(queue, Queue):
            continue
        body = value if subscription.topic is place else event
        for asked in conditions(policy.policy):
            way = on_the_way(body, asked.path)
            if any(is_wrong(asked, way) for is_wrong in FAULTS.values()):
                yield queue.name
                break


def on_the_way(body: Any, path: tuple[str, ...]) -> object:
    """What stands where a path ends early: a list, or None for nothing; else an object."""
    for step in path[:-1]:
        body = body.get(step)
        if not isinstance(body, dict):
            return body
    return body


def publisher(package: Any, place: Place, deployed: Deployed) -> Any:
    name = place.name.title().replace("-", "")
    client = deployed.account.client
    match place:
        case Topic():
            arn = deployed.physical(f"{name}Topic")
            return getattr(package, f"{name}Topic")(arn=arn, client=client("sns"))
        case Bus():
            address = deployed.physical(f"{name}Bus")
            return getattr(package, f"{name}Bus")(arn=address, client=client("events"))
        case Queue():
            url = deployed.physical(f"{name}Queue")
            return getattr(package, f"{name}Queue")(url=url, client=client("sqs"))


def collect(checked: Checked, deployed: Deployed, arrived: Arrivals) -> None:
    """Take everything out of all queues."""
    sqs = deployed.account.client("sqs")
    for queue in checked.topology.queues.values():
        if queue.kind == "dead-letter":
            continue
        url = deployed.physical(f"{queue.name.title().replace('-', '')}Queue")
        while True:
            answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0)
            if not answer.get("Messages"):
                break
            for message in answer["Messages"]:
                arrived[queue.name][id_of(json.loads(message["Body"]))] += 1
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def id_of(body: dict[str, Any]) -> str:
    """The message's `id`, whatever is around it."""
    if "Message" in body:
        return id_of(json.loads(body["Message"]))
    if "detail" in body:
        return id_of(body["detail"])
    return str(body["id"])
