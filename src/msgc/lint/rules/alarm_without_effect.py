"""An `alarms` makes no alarm (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.tree import Mapping, Node, Scalar


@rule("MSG653", "error", absence=True)
def alarm_without_effect(subject: Subject) -> Iterator[Finding]:
    """A setting of `alarms` makes no alarm.

    CloudWatch counts what can't be delivered by topic, not by subscription; of schedules, by group;
    of a poll, by function. A queue that has a dead-letter queue of another's has no say in its
    alarms, and of what is imported only its owner has any.

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {orders: {messages: [OrderPlaced]}, ops: {}}
    queues: {jobs: {external: subscribe}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}, alarms: {failures: 1}}
      to-mail: {from: {topic: ops}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Write it where it is counted:

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {orders: {messages: [OrderPlaced], alarms: {failures: 1}}, ops: {}}
    queues: {jobs: {external: subscribe}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}}
      to-mail: {from: {topic: ops}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
    """
    if subject.topology.notified is None:
        return
    used = {each.said.place for each in subject.watched if each.said}
    made = {place for each in subject.watched for place in map(_place, each.asked_by) if place}
    told: set[tuple[str, int]] = set()
    for each in subject.settled:
        node = _own(each)
        if node is None or node.span.place in told:
            continue
        told.add(node.span.place)
        unused = list(_unused(node, used))
        for word, span in unused:
            yield found(
                span,
                f"`{word}` makes no alarm for `{each.name}`",
                _advice(subject, word, each),
            )
        if not unused and node.span.place not in made and not _is_off(node):
            yield found(
                node.span,
                f"`alarms` make no alarm for `{each.name}`",
                "take them away, or give them a number: `{failures: 1}`, `{errors: 1}`",
            )
    top = subject.topology.root.get("alarms")
    if top is not None and not subject.watched and not _is_off(top):
        yield found(
            top.span,
            "`alarms` make no alarm: there is nothing of the stack's to watch",
            "take them away, or give functions, rules and topics a number: `errors: 1`",
        )


_ABOUT_ALL = ("notify", "ok")
_ADVICE = {
    "failures": "CloudWatch counts them by topic, rule and pipe: write it on the topic or the bus",
    "errors": "CloudWatch counts the errors of Lambda functions only: take it away",
    "throttles": "CloudWatch counts the throttles of Lambda functions only: take it away",
    "dead_letters": "write it on the queue that takes the dead letters",
}


_OF_SCHEDULES = "CloudWatch counts schedules by group, and all services are in the account's own: "


def _advice(subject: Subject, word: str, declared: Declared) -> str:
    """Return what to do about a word that makes no alarm."""
    at = declared.key.place
    sends = (each.edge for each in subject.links.scheduled_sends)
    edges = [each for each in sends if each.key.place == at]
    if word != "failures" or not edges:
        return _ADVICE.get(word, "take it away")
    if any(not each.dead_letter for each in edges):
        return f"{_OF_SCHEDULES}let it have a dead letter, whose queue has an alarm"
    return (
        f"{_OF_SCHEDULES}what it can't deliver comes to its dead-letter queue, which has an alarm"
    )


def _unused(node: Node, used: set[tuple[str, int]]) -> Iterator[tuple[str, Span]]:
    """Yield the words that were meant to be an alarm."""
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        off = isinstance(value, Scalar) and value.value is False
        is_own = node.span.holds(key.span)  # not of `defaults`, which others use
        if is_own and key.text not in _ABOUT_ALL and not off and key.span.place not in used:
            yield key.text, key.span


def _is_off(node: Node) -> bool:
    """Whether alarms are switched off, or only some of them are."""
    if isinstance(node, Scalar):
        return node.value is False
    values = [value for _, value in node.items()] if isinstance(node, Mapping) else []
    return bool(values) and all(isinstance(v, Scalar) and v.value is False for v in values)


def _own(declared: Declared) -> Node | None:
    """Return `alarms` that stand in a declaration itself, not in the defaults of its kind."""
    node = declared.node
    own = node.get("alarms") if isinstance(node, Mapping) else None
    return own if own is not None and node.span.holds(own.span) else None


def _place(declared: Declared) -> tuple[str, int] | None:
    node = _own(declared)
    return None if node is None else node.span.place
