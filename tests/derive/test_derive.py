"""What a file leaves open is filled in, each with its reason, and nothing stays open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from msgc import derive
from msgc.derive import STEPS
from msgc.pipeline import check
from msgc.record import OPEN, Record, settle
from msgc.source import Disk
from msgc.topology.ends import DeadLetter
from msgc.topology.model import Topology
from tests.links.linked import topology_of

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *ROOT.glob("examples/*/messaging.yaml"),
        *ROOT.glob("tests/cases/ok/*/messaging.yaml"),
    ]
)
FILE = """\
version: 1
service: parcels
messages:
  Sent: {schema: {type: object, required: [id], properties: {id: {type: string}}}, group_by: id}
topics: {sent: {messages: [Sent]}}
queues:
  work: {}
  slow: {}
  poison: {}
  named: {dead_letter: {queue: poison}}
  ordered: {fifo: true, messages: [Sent]}
subscriptions:
  to-work: {from: {topic: sent}, to: {queue: work}}
  to-slow: {from: {topic: sent}, to: {queue: slow}}
  to-named: {from: {topic: sent}, to: {queue: named}, dead_letter: false}
consumers:
  working: {from: {queue: work}, function: {code: x, timeout: 10s}}
  dozing: {from: {queue: slow}, function: {code: x, timeout: 60s}, batch: {window: 5s}}
  direct: {from: {topic: sent}, function: {code: x}}
producers: {shop: {publishes: [{topic: sent}, {queue: ordered}]}}
"""


def _records(value: object, seen: set[int]) -> Iterator[Record]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Record):
        yield value
        for field in value._fields:
            yield from _records(getattr(value, field), seen)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _records(key, seen)
            yield from _records(each, seen)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _records(each, seen)


def _open(topology: Topology) -> list[str]:
    return [
        f"{type(record).__name__}.{field}"
        for record in _records(topology, set())
        for field in record._fields
        if getattr(record, field) is OPEN
    ]


def test_each_file_is_a_step() -> None:
    folder = Path(derive.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "derivation"}
    assert {step.__name__ for step in STEPS} == modules


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_nothing_stays_open(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    checked = check(file.name, Disk()).value
    assert checked is not None
    assert _open(checked.topology) == []


def test_what_is_open_is_found() -> None:
    topology = topology_of(FILE)
    assert _open(topology) == []
    (work, *_) = topology.queues.values()
    dead_letter = DeadLetter(queue=work, after=OPEN)
    queues = {"work": work.replace(dead_letter=dead_letter)}
    assert _open(topology.replace(queues=queues)) == ["DeadLetter.after"]


def test_the_reason_of_each_default() -> None:
    topology = topology_of(FILE)
    shown = sorted(
        f"{thing.name} {field}: {why}"
        for (thing, field), why in topology.reasons.items()
        if not thing.name.endswith(("-dlq", "undelivered"))
    )
    assert [line for line in shown if " messages:" not in line and " untyped:" not in line] == [
        "direct dead_letter: nothing is lost in silence",
        "direct on_failure: a topic or a bus invokes its function asynchronously",
        "dozing on_failure: nothing invokes its function asynchronously",
        "named content_deduplication: nothing needs it",
        "named dead_letter.after: no function polls it",
        "named physical_name: service and name",
        "named retention: SQS's own default",
        "named visibility: SQS's own default",
        "ordered content_deduplication: `Sent` has no `deduplicate_by`",
        "ordered dead_letter.after: no function polls it",
        "ordered dead_letter: every queue has one",
        "ordered physical_name: service and name",
        "ordered retention: SQS's own default",
        "ordered visibility: SQS's own default",
        "poison content_deduplication: nothing needs it",
        "poison dead_letter: it is there for what others could not process",
        "poison physical_name: service and name",
        "poison retention: it is there for what others could not process",
        "poison visibility: SQS's own default",
        "sent content_deduplication: nothing needs it",
        "sent physical_name: service and name",
        "slow content_deduplication: nothing needs it",
        "slow dead_letter.after: a function polls it",
        "slow dead_letter: every queue has one",
        "slow physical_name: service and name",
        "slow retention: SQS's own default",
        "slow visibility: 6 * 60 s + 5 s, from consumer `dozing`",
        "to-slow dead_letter: nothing is lost in silence",
        "to-work dead_letter: nothing is lost in silence",
        "work content_deduplication: nothing needs it",
        "work dead_letter.after: a function polls it",
        "work dead_letter: every queue has one",
        "work physical_name: service and name",
        "work retention: SQS's own default",
        "work visibility: 6 * 10 s, from consumer `working`",
        "working on_failure: nothing invokes its function asynchronously",
    ]


def test_a_value_is_settled_once() -> None:
    work = topology_of(FILE).queues["work"]
    with pytest.raises(ValueError, match="visibility is settled"):
        settle(work, visibility=1)
