"""Count and measure what AWS limits in a stack: the functions of the table in `stack_limits`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, assert_never

from msgc.diagnostics import Label
from msgc.links.mechanisms import EventRule, SnsSubscription
from msgc.lint.wording import named
from msgc.record import Record
from msgc.source import Span
from msgc.stack import Resource, Stack
from msgc.stack.deployed import Deployed
from msgc.stack.iam.policy_documents import VERSION, allowing
from msgc.stack.placement.parts import parts
from msgc.stack.values import Path, Value, reference
from msgc.topology.declared import Declared
from msgc.topology.deferred import known
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.settings import Key
from msgc.topology.units import DEFAULT_TOPIC_SIZE, size

_SHOWN = 3
"""Places that a finding points at besides its own."""


class Total(Record):
    """Something in one place of the stack that AWS counts or measures."""

    span: Span
    what: str
    of: Callable[[Deployed], int]
    """How much there is in a Region; a size is larger where the Region's name is longer."""
    labels: tuple[Label, ...] = ()
    name: str
    """What is measured, in a word or two: "queue's policy"."""
    about: Declared | None
    """What of the file it is about; None: the whole of it."""
    is_surely_within: bool = False
    """Whether it need not be measured to know that it is within the limit."""
    stack: str | None = None
    """The stack of which it is a total, of those that a service may have several of."""


def environments(stack: Stack) -> Iterator[Total]:
    """Yield how large the environments of functions are: Lambda measures them as JSON."""
    for function in stack.of("AWS::Lambda::Function"):
        match function.properties.get("Environment"):
            case {"Variables": variables}:
                consumer = function.declared
                written = consumer.place("function", "environment")
                yield Total(
                    span=consumer.place("publishes") if written is consumer.key else written,
                    what=f"the environment of consumer `{consumer.name}`'s function has",
                    of=partial(_length, variables),
                    name="environment of the function",
                    about=consumer,
                )


def schemas(stack: Stack) -> Iterator[Total]:
    """Yield how long the schemas are that are published in registries."""
    for schema in stack.of("AWS::EventSchemas::Schema"):
        yield Total(
            span=schema.declared.place("schema"),
            what=f"the schema of message `{schema.declared.name}` in the registry has",
            of=partial(_length, schema.properties["Content"]),
            name="schema in the registry",
            about=schema.declared,
        )


def managed_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the managed policies are that are made for roles elsewhere."""
    return _identity_policies(stack, managed=True)


def inline_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies are that become part of a role."""
    return _identity_policies(stack, managed=False)


def _identity_policies(stack: Stack, *, managed: bool) -> Iterator[Total]:
    """Yield how long the policies are that say what consumers and producers may do."""
    for rights in stack.rights:
        match rights.declared:
            case Consumer() | Producer() as publisher:
                holder = stack.items_by_path[rights.holder].type
                if (holder == "AWS::IAM::ManagedPolicy") == managed:
                    yield Total(
                        span=publisher.place("publishes"),
                        what=f"the policy of {publisher.word} `{publisher.name}` has",
                        of=partial(_length, allowing(rights.statements)),
                        name="managed policy" if managed else "policy of the role",
                        about=publisher,
                    )
            case Queue() | Key():
                pass  # `queue_policies`, `key_policies`
            case _:
                assert_never(rights.declared)


def queue_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies of queues are."""
    sources: dict[Path, int] = {}
    for rights in stack.rights:
        sources[rights.holder] = sum(map(_sources, (s.condition for s in rights.statements)))
    for opening in stack.openings:
        sources[opening.place] = sources.get(opening.place, 0) + 1
    for policy in stack.of("AWS::SQS::QueuePolicy"):
        queue, count = policy.declared, sources.get(policy.path[:-1], 0)
        yield Total(
            span=queue.key,
            what=f"the policy of queue `{queue.name}`, to which {count} sources send, has",
            of=partial(_length, policy.properties["PolicyDocument"]),
            name="policy of the queue",
            about=queue,
            is_surely_within=count <= _SURELY_FEW,
        )


_SURELY_FEW = 12
"""Sources with which a policy is within the limit whatever they are called: an ARN has at most 400
bytes, and what stands around them 1,500."""


def _sources(condition: dict[str, Value] | None) -> int:
    """Return how many topics, rules or sorts of them a statement names."""
    match condition:
        case {"ArnLike": {"aws:SourceArn": tuple(arns)}}:
            return len(arns)
        case _:
            return 0


def key_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies of KMS keys are."""
    for key in stack.of("AWS::KMS::Key"):
        yield Total(
            span=key.declared.key,
            what=f"the policy of the key `{key.declared.name}` has",
            of=partial(_length, key.properties["KeyPolicy"]),
            name="policy of the key",
            about=key.declared,
        )


def queue_statements(stack: Stack) -> Iterator[Total]:
    """Yield how many statements the policies of queues have."""
    for policy in stack.of("AWS::SQS::QueuePolicy"):
        document: Any = policy.properties["PolicyDocument"]
        queue = policy.declared
        yield _counted(
            (queue.key, queue, "statements of its policy"),
            f"the policy of queue `{queue.name}` has",
            len(document["Statement"]),
            (),
        )


def topic_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies of topics are that let somebody in."""
    for policy in stack.of("AWS::SNS::TopicPolicy"):
        document: Any = policy.properties["PolicyDocument"]
        topic = policy.declared
        yield Total(
            span=topic.key,
            what=f"the policy of topic `{topic.name}` has",
            of=partial(_length, document),
            name="policy of the topic",
            about=topic,
            is_surely_within=len(document["Statement"]) <= _OWN_STATEMENTS,
        )


_OWN_STATEMENTS = 2
"""Of a topic's policy: TLS only, and what its account may do."""


def bus_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies of buses are: each statement is a resource of its own."""
    by_bus: dict[Path, list[Resource]] = {}
    for policy in stack.of("AWS::Events::EventBusPolicy"):
        assert policy.by is not None, policy  # noqa: S101  # it is made with its bus
        by_bus.setdefault(policy.by, []).append(policy)
    for path, policies in by_bus.items():
        bus = stack.items_by_path[path].declared
        statements = tuple(
            {"Sid": each.properties["StatementId"], "Statement": each.properties["Statement"]}
            for each in policies
        )
        yield Total(
            span=bus.key,
            what=f"the policy of bus `{bus.name}` has",
            of=partial(_length, {"Version": VERSION, "Statement": statements}),
            labels=tuple(
                Label(span=each.declared.key, message="one of them") for each in policies[:_SHOWN]
            ),
            name="policy of the bus",
            about=bus,
        )


def function_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies are that say which topics and rules may invoke a function."""
    by_function: dict[Path, list[Resource]] = {}
    for permission in stack.of("AWS::Lambda::Permission"):
        function = reference(permission.properties["FunctionName"])
        if function is not None:
            by_function.setdefault(function.of, []).append(permission)
    for path, permissions in by_function.items():
        consumer = stack.items_by_path[path].declared
        yield Total(
            span=consumer.key,
            what=f"the policy of consumer `{consumer.name}`'s function, which {len(permissions)}"
            " topics and rules invoke, has",
            of=partial(_function_policy, permissions),
            name="permissions of the function",
            about=consumer,
        )


def _function_policy(permissions: list[Resource], deployed: Deployed) -> int:
    """Return how long a function's policy is; each permission is a statement."""
    statements: list[Value] = [
        {
            "Sid": deployed.made_name(permission.path),
            "Effect": "Allow",
            "Principal": {"Service": permission.properties["Principal"]},
            "Action": permission.properties["Action"],
            "Resource": permission.properties["FunctionName"],
            "Condition": {"ArnLike": {"AWS:SourceArn": permission.properties["SourceArn"]}},
        }
        for permission in permissions
    ]
    return deployed.length({"Version": VERSION, "Id": "default", "Statement": tuple(statements)})


def parameters(stack: Stack) -> Iterator[Total]:
    """Yield how many parameters the template has: one for each that is imported, and CDK's own."""
    for part in parts(stack):
        yield from _parameters(part)


def _parameters(stack: Stack) -> Iterator[Total]:
    found = [each for each in stack.existing if known(each.parameter) is not None]
    if found:
        spans = [each.declared.place("import") for each in found]
        names = {each.parameter for each in found}
        about = (spans[0], None, "parameters")
        yield _counted(about, "the template has", len(names) + 1, spans[1:], "another")


def event_rules(stack: Stack) -> Iterator[Total]:
    """Yield how many rules each bus has."""
    by_bus: dict[Bus, list[EventRule]] = {}
    for rule in stack.links.rules:
        by_bus.setdefault(rule[0].bus, []).append(rule[0])
    for bus, made in by_bus.items():
        keys = (rule.edge.key for rule in made)
        yield _counted((bus.key, bus, "rules"), f"{named(bus)} has", len(made), keys)


def filter_policies(stack: Stack) -> Iterator[Total]:
    """Yield how many subscriptions of each topic have a filter policy."""
    for topic, made in _by_topic(stack):
        filtered = [one for one in made if one.policy is not None]
        about = (topic.key, topic, "filter policies")
        yield _counted(about, f"{named(topic)} has", len(filtered), map(_key, filtered))


def few_subscriptions(stack: Stack) -> Iterator[Total]:
    """Yield how many subscriptions the topics have that may have few."""
    for topic, made in _by_topic(stack):
        if topic.fifo or topic.max_size > DEFAULT_TOPIC_SIZE:
            why = "FIFO" if topic.fifo else f"messages of {size(topic.max_size)}"
            about = (topic.key, topic, "subscriptions")
            yield _counted(about, f"{named(topic)} ({why}) has", len(made), map(_key, made))


def _by_topic(stack: Stack) -> Iterable[tuple[Topic, list[SnsSubscription]]]:
    found: dict[Topic, list[SnsSubscription]] = {}
    for subscription in stack.links.sns_subscriptions:
        found.setdefault(subscription.topic, []).append(subscription)
    return found.items()


def _key(subscription: SnsSubscription) -> Span:
    return subscription.edges[0].key


def _length(value: Value, deployed: Deployed) -> int:
    return deployed.length(value)


def _counted(
    of: tuple[Span, Declared | None, str],
    what: str,
    count: int,
    others: Iterable[Span],
    word: str = "one of them",
) -> Total:
    """Return how many there are `of` something: its place, its declaration, their name."""
    span, about, name = of
    shown = (other for other, _ in zip(others, range(_SHOWN), strict=False))
    labels = tuple(Label(span=other, message=word) for other in shown)
    return Total(span=span, what=what, of=lambda _: count, labels=labels, name=name, about=about)
