from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.runtime.errors import RefusedError
from msgc.runtime.publishing.failures import PublishError
from msgc.runtime.publishing.publisher import Entry
from msgc.runtime.publishing.sending import Dispatch
from tests.runtime.messages import FakeLinesQueue, FakeOrdersQueue, LinesQueue, Placed


def test_group_and_deduplication_come_from_the_payload() -> None:
    queue = FakeLinesQueue()
    queue.publish(Placed(order_id="o-1", note="shop-1"))
    assert queue.aws.parcels[0].system == {
        "MessageGroupId": "shop-1",
        "MessageDeduplicationId": "o-1",
    }


@pytest.mark.parametrize("group", [None, "", "with space", "x" * 129, "é"])
def test_a_message_without_a_legal_group_is_refused(group: str | None) -> None:
    with pytest.raises(RefusedError):
        FakeLinesQueue().publish(Placed(order_id="o", note=group))


def test_a_fair_queue_does_without_a_group() -> None:
    queue = FakeOrdersQueue()
    queue.publish(Placed(order_id="o"))
    assert queue.aws.parcels[0].system == {}


class Sqs:
    """Fails the entries that it is told to, once or for ever, and writes down every call."""

    def __init__(self, failing: dict[str, bool]) -> None:
        self.failing = dict(failing)
        self.calls: list[list[str]] = []
        self.taken: list[str] = []

    def send_message(self, **_: Any) -> Any:
        raise NotImplementedError

    def send_message_batch(self, **sent: Any) -> Any:
        done, failed = [], []
        self.calls.append([entry["MessageGroupId"] for entry in sent["Entries"]])
        for entry in sent["Entries"]:
            order = json.loads(entry["MessageBody"])["order_id"]
            if order in self.failing:
                final = self.failing[order]
                if not final:
                    del self.failing[order]
                failed.append({"Id": entry["Id"], "Code": "X", "SenderFault": final})
            else:
                self.taken.append(order)
                done.append({"Id": entry["Id"], "MessageId": f"m-{order}"})
        return {"Successful": done, "Failed": failed}


class PatientLinesQueue(LinesQueue):
    @staticmethod
    def _pause(_seconds: float) -> None:
        pass


@given(
    groups=st.lists(st.integers(0, 4), min_size=1, max_size=40),
    failing=st.dictionaries(st.integers(0, 39).map(lambda i: f"o-{i}"), st.booleans()),
    concurrency=st.integers(1, 3),
)
def test_a_group_keeps_its_order_whatever_fails(
    groups: list[int], failing: dict[str, bool], concurrency: int
) -> None:
    sqs = Sqs(failing)
    queue = PatientLinesQueue(url="https://x", client=sqs)
    sent = [Placed(order_id=f"o-{i}", note=f"g-{group}") for i, group in enumerate(groups)]
    lost: list[str] = []
    published = len(sent)
    try:
        queue.publish_many(sent, concurrency=concurrency)
    except PublishError as error:
        lost = [failed.message.order_id for failed in error.failed]
        published = error.published
    assert published == len(sqs.taken)
    assert all(len(set(call)) == len(call) for call in sqs.calls)
    for group in set(groups):
        mine = [f"o-{i}" for i, each in enumerate(groups) if each == group]
        final = next((i for i, order in enumerate(mine) if failing.get(order)), len(mine))
        assert [order for order in sqs.taken if order in mine] == mine[:final]
        assert [order for order in lost if order in mine] == mine[final:]


def test_a_call_is_filled_to_the_byte() -> None:
    calls: list[list[int]] = []
    entries = [Entry(None, {}, size, None) for size in (6, 4, 7, 4)]
    Dispatch(
        entries,
        lambda sent: calls.append([entry.size for entry in sent]),
        bytes_per_call=10,
        pause=lambda _: None,
    ).run(concurrency=1)
    assert calls == [[6, 4], [7], [4]]
