"""When a message that nobody can handle leaves its queue: receives, visibility, retention."""

from __future__ import annotations

from msgc.describe.model import Row, Step
from msgc.describe.wording import span_of_time
from msgc.topology.ends import Queue
from msgc.topology.model import Topology

_DEAD_LETTERS = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-dead-letter-queues.html"
)
_SHOWN = 5
"""Receives that are listed one by one."""


def of_queue(queue: Queue, name: str, topology: Topology) -> Row:
    """Return what becomes of a poison message: one that fails each time it is received.

    It shows up again when its visibility timeout is over, however it failed, and goes to the
    dead-letter queue when it would be received once more than that allows.
    """
    if queue.imported is not None:
        return Row(name=name, text="as its owner has it: what isn't made here isn't known here")
    if queue.dead_letter is None:
        text = (
            f"a message that isn't handled comes back every {span_of_time(queue.visibility)},"
            f" until it is {span_of_time(queue.retention)} old; then SQS deletes it"
        )
        data = {"seconds": None, "reaches": None, "source": _DEAD_LETTERS}
        return Row(name=name, text=text, why=_retention(queue, topology), data=data)
    receives, target = queue.dead_letter.after, queue.dead_letter.queue
    seconds = queue.delay + receives * queue.visibility
    why = _derivation(queue, receives, topology)
    if seconds >= queue.retention:
        text = (
            f"a poison message never reaches `{target.name}`: it is deleted when it is"
            f" {span_of_time(queue.retention)} old, and would take {span_of_time(seconds)}"
        )
        reaches = None
    else:
        text = f"a poison message reaches `{target.name}` after {span_of_time(seconds)}"
        reaches = f"queue/{target.name}"
    return Row(
        name=name,
        text=text,
        why=why,
        steps=_steps(queue, receives, target) if reaches else (),
        data={"seconds": seconds, "reaches": reaches, "source": _DEAD_LETTERS},
    )


def _steps(queue: Queue, receives: int, target: Queue) -> tuple[Step, ...]:
    first = ", and the others of its group wait" if queue.fifo else ""
    steps = [
        Step(
            seconds=queue.delay + number * queue.visibility,
            text=f"receive {number + 1} of {receives}{'' if number else first}",
        )
        for number in range(receives)
    ]
    if len(steps) > _SHOWN:
        left_out = len(steps) - _SHOWN
        last = steps[-1]
        steps = [*steps[: _SHOWN - 1], Step(seconds=last.seconds, text=f"{last.text}, the last")]
        at = steps[-2].seconds + queue.visibility
        steps.insert(-1, Step(seconds=at, text=f"and {left_out} more like it"))
    moved = queue.delay + receives * queue.visibility
    steps.append(Step(seconds=moved, text=f"it is in `{target.name}`"))
    if target.imported is None:
        # In a FIFO dead-letter queue its age counts anew, in a standard one from when it was sent.
        end = target.retention + (moved if target.fifo else 0)
        if end > moved:
            steps.append(Step(seconds=end, text=f"SQS deletes it from `{target.name}`"))
        else:
            steps.append(Step(seconds=moved, text="and deleted at once: its age counts on"))
    return tuple(steps)


def _derivation(queue: Queue, receives: int, topology: Topology) -> str:
    delay = f"{queue.delay} s delay + " if queue.delay else ""
    reason = topology.reasons.get((queue, "visibility"))
    visibility = reason or "as the file has it"
    return f"{delay}{receives} receives * {queue.visibility} s; visibility: {visibility}"


def _retention(queue: Queue, topology: Topology) -> str:
    reason = topology.reasons.get((queue, "dead_letter"))
    return f"it has no dead-letter queue{f': {reason}' if reason else ''}"
