"""Queues, and who may send to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.delivery.plan import QueuePolicy, Rule, RulesOf, Sender, Source, TopicsNamed
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, duration, listing, new, render
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Bus, DeadLetter, Fifo, Queue, Topic
from msgc.topology.units import DEFAULT_QUEUE_SIZE, DEFAULT_RETENTION

_MOST_SOURCES = 10
"""SQS takes no more in `sourceQueueArns`."""


def queues(sheet: Sheet) -> Section:
    """Return the section that makes the queues, a dead-letter queue before those it serves."""
    ordered: dict[Queue, None] = {}

    def visit(queue: Queue) -> None:
        if queue in ordered:
            return
        if queue.dead_letter:
            visit(queue.dead_letter.queue)
        ordered[queue] = None

    for queue in sheet.topology.queues.values():
        visit(queue)
    policies = {policy.queue: policy for policy in sheet.delivery.queue_policies}
    return Section(
        method="_add_queues",
        docstring="Queues: encrypted, over TLS only, each with somewhere for poison messages.",
        items=tuple((queue, policies.get(queue)) for queue in ordered),
        write=_write_queue,
        attributes=tuple(_attribute(sheet, queue) for queue in sheet.topology.queues.values()),
    )


def _attribute(sheet: Sheet, queue: Queue) -> Attribute:
    described = {
        "declared": queue.description or f"The queue `{queue.name}`.",
        "dead-letter": queue.description or "Messages that were received too often.",
        "undelivered": queue.description or "Messages that a topic or a bus couldn't deliver.",
    }[queue.kind]
    return Attribute(
        name=naming.attribute_name(queue), type=f"{sheet.aws('sqs')}.Queue", description=described
    )


def _write_queue(sheet: Sheet, item: tuple[Queue, QueuePolicy | None]) -> None:
    queue, policy = item
    sqs = sheet.aws("sqs")

    def time(seconds: int) -> str:
        return sheet.duration(duration(seconds))

    kept_default = queue.retention == DEFAULT_RETENTION
    call = new(
        f"{sqs}.Queue",
        "self",
        string(ids.place(queue)),
        queue_name=string(queue.physical_name),
        **_fifo(sqs, queue.fifo, content_deduplication=queue.content_deduplication),
        visibility_timeout=time(queue.visibility) if queue.visibility != 30 else None,  # AWS's own
        retention_period=None if kept_default else time(queue.retention),
        delivery_delay=time(queue.delay) if queue.delay else None,
        receive_message_wait_time=time(queue.wait) if queue.wait else None,
        max_message_size_bytes=str(queue.max_size)
        if queue.max_size != DEFAULT_QUEUE_SIZE
        else None,
        encryption=f"{sqs}.QueueEncryption.SQS_MANAGED",
        enforce_ssl="True",
        dead_letter_queue=_dead_letter(sqs, queue.dead_letter),
        redrive_allow_policy=_redrive_allow(policy.redrive_sources if policy else ()),
    )
    sheet.write(call.replace(head=f"{naming.attribute(queue)} = {call.head}"))


def _fifo(sqs: str, fifo: Fifo | None, *, content_deduplication: bool) -> dict[str, str | None]:
    if fifo is None:
        return {}
    limit, scope = f"{sqs}.FifoThroughputLimit", f"{sqs}.DeduplicationScope"
    return {
        "fifo": "True",
        "content_based_deduplication": "True" if content_deduplication else None,
        "fifo_throughput_limit": f"{limit}.PER_MESSAGE_GROUP_ID" if fifo.per_group else None,
        "deduplication_scope": f"{scope}.MESSAGE_GROUP" if fifo.per_group else None,
    }


def _dead_letter(sqs: str, dead_letter: DeadLetter | None) -> Call | None:
    if dead_letter is None:
        return None
    queue, after = naming.attribute(dead_letter.queue), str(dead_letter.after)
    return new(f"{sqs}.DeadLetterQueue", queue=queue, max_receive_count=after)


def _redrive_allow(sources: tuple[Queue, ...]) -> Call | None:
    if not sources or len(sources) > _MOST_SOURCES:
        return None
    return new("self._only_from", *(string(source.physical_name) for source in sources))


def write_only_from(sheet: Sheet) -> None:
    """Write the method that says which queues may use another for dead letters."""
    sqs = sheet.aws("sqs")
    signature = f"def _only_from(self, *names: str) -> {sqs}.RedriveAllowPolicy:"
    with sheet.writer.block(signature):
        sheet.writer.docstring("Let these queues, and no others, use a queue for dead letters.")
        sheet.writer.comment("Handles from names: references both ways would be a cycle.")
        handle = new(
            f"{sqs}.Queue.from_queue_arn",
            "self",
            'f"{name}-source"',
            'f"{self._queue_arns}{name}"',
        )
        sheet.writer.line("queues = [")
        sheet.writer.lines(f"    {line}" for line in render(handle, sheet.writer.room - 4))
        sheet.writer.lines(["    for name in names", "]"])
        sheet.write(
            new(
                f"return {sqs}.RedriveAllowPolicy",
                redrive_permission=f"{sqs}.RedrivePermission.BY_QUEUE",
                source_queues="queues",
            )
        )


def queue_arn_by_name(queue: Queue) -> str:
    """Return a queue's ARN from its physical name."""
    return f'f"{{self._queue_arns}}{queue.physical_name}"'


def queue_policies(sheet: Sheet) -> Section:
    """Return the section that lets topics and rules send to queues."""
    senders = [
        (policy.queue, sender)
        for policy in sheet.delivery.queue_policies
        for sender in policy.senders
    ]
    return Section(
        method="_add_senders",
        docstring="Let topics and rules send to queues.",
        items=tuple(senders),
        write=_write_sender,
        dense=True,
    )


def _write_sender(sheet: Sheet, item: tuple[Queue, Sender]) -> None:
    queue, sender = item
    arns = listing(source_arn(source) for source in sender.sources)
    principals = [string(principal) for principal in sender.principals]
    if sender.elsewhere:
        principals.append("*self._regional_sns")
    sheet.write(new("_let_send", naming.attribute(queue), listing(principals), arns))


def source_arn(source: Source) -> str:
    """Return the expression of a source's ARN, or of what all of many have in common."""
    match source:
        case Topic():
            return naming.arn(source)
        case Rule():
            return f"{naming.rule(source)}.attr_arn"
        case TopicsNamed(prefix=prefix):
            return f'f"{{self._topic_arns}}{prefix}*"'
        case RulesOf(bus=Bus(is_default=True)):
            return 'f"{self._rule_arns}*"'
        case RulesOf(bus=bus):
            return f'f"{{self._rule_arns}}{bus.physical_name}/*"'
        case _:
            assert_never(source)


def write_let_send(sheet: Sheet) -> None:
    """Write the function that the section of senders calls."""
    iam, sqs = sheet.aws("iam"), sheet.aws("sqs")
    sequence = sheet.writer.use("collections.abc", "Sequence")
    parameters = [f"queue: {sqs}.Queue", f"services: {sequence}[str]", f"sources: {sequence}[str]"]
    sheet.writer.statement("def _let_send(", parameters, ") -> None:")
    with sheet.writer.indented():
        sheet.writer.docstring("Let a service send for these topics or rules.")
        statement = new(
            f"{iam}.PolicyStatement",
            principals=f"[{iam}.ServicePrincipal(service) for service in services]",
            actions=listing([string("sqs:SendMessage")]),
            resources=listing(["queue.queue_arn"]),
            conditions='{"ArnLike": {"aws:SourceArn": sources}}',
        )
        sheet.write(new("queue.add_to_resource_policy", statement))


def uses_arns_by_name(policies: Iterable[QueuePolicy]) -> bool:
    """Whether some queue names the queues that may use it for dead letters."""
    return any(0 < len(policy.redrive_sources) <= _MOST_SOURCES for policy in policies)
