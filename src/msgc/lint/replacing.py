"""The steps in which a place takes over from another one: what to deploy, and what to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import Step, listing
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Place, Producer, Publisher, Queue, Topic
from msgc.topology.narrowing import kind_of

_CONFIRMED = frozenset({"email", "email-json", "http", "https"})
"""Protocols whose receiver confirms the subscription.

https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
"""


def steps_of(subject: Subject, replaced: Place, heir: Place) -> Iterator[Step]:
    """Yield what to do, from the first deployment to the last."""
    match replaced:
        case Queue():
            yield _first_of_queue(subject, replaced, heir)
            yield from _publishers_elsewhere(subject, replaced, heir)
            yield from _empty(subject, replaced)
        case Topic() | Bus():
            yield _first_of_pushing(replaced, heir)
            yield from _confirmations(subject, replaced, heir)
            yield from _subscribers(replaced, heir)
            yield from _publishers_elsewhere(subject, replaced, heir)
            yield _quiet(subject, replaced)
        case _:
            assert_never(replaced)
    yield _last(subject, replaced, heir)


def _first_of_queue(subject: Subject, replaced: Queue, heir: Place) -> Step:
    readers = _readers(subject, replaced)
    return Step(
        text=f"deploy this: what came to `{replaced.name}` goes to `{heir.name}` from then on"
        + (f", and {listing(readers, 'and')} still empties `{replaced.name}`" if readers else "")
    )


def _readers(subject: Subject, queue: Queue) -> list[str]:
    """Return what takes messages out of a queue, each once."""
    edges: tuple[Subscription, ...] = subject.graph.subscriptions_from(queue)
    names = [
        f"`{edge.name}`" if (consumer := edge.poller) is None else f"consumer `{consumer.name}`"
        for edge in edges
    ]
    names += [f"{each.word} `{each.name}`" for each in subject.graph.readers_of(queue)]
    return list(dict.fromkeys(names))


def _first_of_pushing(replaced: Topic | Bus, heir: Place) -> Step:
    return Step(
        text=f"deploy this: publishers put messages on `{heir.name}` from then on; edges are made"
        f" on both, so that what comes on `{replaced.name}` gets where it did"
    )


def _confirmations(subject: Subject, replaced: Place, heir: Place) -> Iterator[Step]:
    """Yield whose owners have to confirm the subscription of the new topic."""
    names = [
        f"`{edge.name}`"
        for edge in subject.graph.subscriptions_from(heir)
        if edge.delivery.protocol in _CONFIRMED
    ]
    if names:
        yield Step(
            text=f"have {listing(names, 'and')} confirmed once more: SNS asks the endpoint about"
            f" `{heir.name}`, and delivers nothing of it until then; so let publishers stay on"
            f" `{replaced.name}` until that is done"
        )


def _subscribers(replaced: Topic | Bus, heir: Place) -> Iterator[Step]:
    """Yield that others have to subscribe to the new place before publishers move."""
    if replaced.others_subscribe:
        yield Step(
            text=f"have those outside who subscribe to `{replaced.name}` subscribe to"
            f" `{heir.name}` too; let publishers stay on `{replaced.name}` until that is done"
        )


def _publishers_elsewhere(subject: Subject, replaced: Place, heir: Place) -> Iterator[Step]:
    """Yield which publishers are still to move: in the file, and where they run."""
    topology = subject.topology
    written = [
        f"{each.word} `{each.name}`"
        for each in topology.publishers
        if any(publication.target is replaced for publication in each.publishes)
    ]
    feeding = subject.graph.subscriptions_to(replaced)
    copies = topology.replacements.edges
    written += [f"`{edge.name}`" for edge in feeding if edge not in copies]
    first = [f"`{each.origin.name}`" for each in feeding if each in copies]
    if first:
        yield Step(
            text=f"go on with {listing(list(dict.fromkeys(first)), 'and')} first, as is told there:"
            f" it still feeds `{replaced.name}`"
        )
    if written:
        yield Step(
            text=f"move {listing(written, 'and')} from `{replaced.name}` to `{heir.name}` as well"
        )
    former = [
        f"{each.word} `{each.name}`"
        for each, publications in topology.replacements.publications.items()
        if any(publication.target is replaced for publication in publications)
        and not _moves_along(each)
    ]
    if former:
        yield Step(
            text=f"deploy {listing(former, 'and')} too, where it runs: what still runs there uses"
            f" `{replaced.name}`, and may"
        )
    if replaced.others_publish:
        yield Step(text=f"tell those outside who publish to `{replaced.name}` of `{heir.name}`")


def _moves_along(publisher: Publisher) -> bool:
    """Whether a publisher's code is deployed by the stack itself."""
    match publisher:
        case Consumer(made=made):
            return made is not None
        case Producer():
            return False
        case _:
            assert_never(publisher)


def _empty(subject: Subject, queue: Queue) -> Iterator[Step]:
    """Yield how to see that a queue is empty.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/confirm-queue-is-empty.html
    """
    name = queue.physical_name
    yield Step(
        text=f"wait until {_called(subject, queue)} is empty: all three numbers are 0, and stay so"
        " for several minutes",
        command="aws sqs get-queue-attributes --queue-url"
        f' "$(aws sqs get-queue-url --queue-name {name} --query QueueUrl --output text)"'
        " --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesDelayed"
        " ApproximateNumberOfMessagesNotVisible",
    )
    if queue.dead_letter is not None and queue.dead_letter.queue.kind == "dead-letter":
        yield Step(
            text=f"see to what is in {_called(subject, queue.dead_letter.queue)}, which goes with"
            " it"
        )


def _quiet(subject: Subject, place: Topic | Bus) -> Step:
    """Return how to see that nobody publishes to a topic or bus any more.

    https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html,
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    match place:
        case Topic():
            metric = "--namespace AWS/SNS --metric-name NumberOfMessagesPublished"
            dimension = f"Name=TopicName,Value={place.physical_name}"
        case Bus():
            metric = "--namespace AWS/Events --metric-name InvocationAttempts"
            dimension = f"Name=EventBusName,Value={place.physical_name}"
        case _:
            assert_never(place)
    return Step(
        text=f"wait until nothing comes on {_called(subject, place)} for as long as its rarest"
        " publisher may be silent: no sum but 0, here of one day",
        command=f"aws cloudwatch get-metric-statistics {metric} --dimensions {dimension}"
        " --statistics Sum --period 3600 --start-time $(($(date +%s) - 86400))"
        " --end-time $(date +%s)",
    )


def _last(subject: Subject, replaced: Place, heir: Place) -> Step:
    word = kind_of(replaced).word
    key = f"{word}/{replaced.built_as}"
    stays = next(
        (
            resource.is_retained
            for resource in subject.stack.resources
            if resource.declared is replaced and resource.type in _TYPES
        ),
        False,
    )
    return Step(
        text=f"take `{replaced.name}` out of the file, and `replaces` out of `{heir.name}`; build"
        " with this, and deploy"
        + (f"; delete the old {word}, which is left behind" if stays else ""),
        command=f'msgc build --accept {key} --why "replaced by {heir.name}"',
    )


_TYPES = frozenset({"AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus"})


def _called(subject: Subject, place: Place) -> str:
    """Return what a place is called in AWS; of several environments, in this one."""
    environment = subject.topology.environment_name
    return f"`{place.physical_name}`" + (
        f" (of `{environment}`; the same in each environment)" if environment else ""
    )
