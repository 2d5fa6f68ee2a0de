"""What a service may do by what it declares: not from grants, but from edges and publications.

Edges are read off the resources that they became: a subscription says itself from where to where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgc.links.model import Links
from msgc.stack import Resource, plan
from msgc.topology.deferred import spelling
from msgc.topology.ends import Bus, Consumer, Place, Publisher, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.settings import Key
from tests.audit.iam import OBJECT, Principal
from tests.audit.template import ACCOUNT, REGION, Template

RECEIVE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")
DRAIN = ("sqs:ReceiveMessage", "sqs:DeleteMessage")
DELIVER = {
    "sqs": "sqs:SendMessage",
    "sns": "sns:Publish",
    "events": "events:PutEvents",
    "lambda": "lambda:InvokeFunction",
}


class Right(NamedTuple):
    who: str
    action: str
    resource: str


def sns(topic: str) -> Principal:
    """SNS, which delivers what is published to a topic."""
    return Principal(f"sns {topic}", "sns.amazonaws.com", context=(("aws:SourceArn", topic),))


def events(source: str) -> Principal:
    """EventBridge, which delivers for a rule or a bus."""
    return Principal(
        f"events {source}", "events.amazonaws.com", context=(("aws:SourceArn", source),)
    )


def services(template: Template) -> Iterator[Principal]:
    """The AWS services that do something for a topic, a bus or a rule."""
    topics = {each["TopicArn"] for each in template.of("AWS::SNS::Subscription").values()}
    topics |= {template.arn(name) for name in template.of("AWS::SNS::Topic")}
    yield from map(sns, sorted(topics))
    for name in template.of("AWS::Events::Rule", "AWS::Events::EventBus"):
        yield events(template.arn(name))


def of_edges(template: Template) -> Iterator[Right]:
    """The rights that subscriptions, rules, mappings, pipes and schedules need."""
    roles = {template.arn(name): name for name in template.of("AWS::IAM::Role")}
    functions = {
        template.arn(name): roles.get(each["Role"], each["Role"].rsplit("/", 1)[-1])
        for name, each in template.of("AWS::Lambda::Function").items()
    }
    by_name = {arn.rsplit(":", 1)[-1]: role for arn, role in functions.items()}
    yield from _of_topics(template)
    for name, rule in template.of("AWS::Events::Rule").items():
        for target in rule.get("Targets", ()):
            who = roles.get(target.get("RoleArn", ""), events(template.arn(name)).name)
            yield from _delivers(who, target["Arn"])
            yield from _delivers(events(template.arn(name)).name, _dead_letter(target))
    for name, bus in template.of("AWS::Events::EventBus").items():
        yield from _delivers(events(template.arn(name)).name, _dead_letter(bus))
    for each in template.of("AWS::Lambda::EventSourceMapping").values():
        role = functions.get(each["FunctionName"], "")
        yield from (Right(role, action, each["EventSourceArn"]) for action in RECEIVE)
        yield from _delivers(role, _on_failure(each))
    for each in template.of("AWS::Lambda::EventInvokeConfig").values():
        named = each["FunctionName"]
        yield from _delivers(functions.get(named, by_name.get(named, "")), _on_failure(each))
    for each in template.of("AWS::Lambda::Function").values():
        target = each.get("DeadLetterConfig", {}).get("TargetArn", "")
        yield from _delivers(roles.get(each["Role"], ""), target)
    yield from _of_pipes_and_schedules(template, roles)


def _of_topics(template: Template) -> Iterator[Right]:
    for each in template.of("AWS::SNS::Subscription").values():
        who = sns(each["TopicArn"]).name
        yield from _delivers(who, str(each["Endpoint"]))
        yield from _delivers(who, each.get("RedrivePolicy", {}).get("deadLetterTargetArn", ""))


def _of_pipes_and_schedules(template: Template, roles: dict[str, str]) -> Iterator[Right]:
    for pipe in template.of("AWS::Pipes::Pipe").values():
        role = roles[pipe["RoleArn"]]
        yield from (Right(role, action, pipe["Source"]) for action in DRAIN)
        yield from _delivers(role, pipe["Target"])
        yield from _delivers(role, pipe.get("Enrichment", ""))
        for parameters in pipe.get("SourceParameters", {}).values():
            yield from _delivers(role, _dead_letter(parameters))
    for schedule in template.of("AWS::Scheduler::Schedule").values():
        target = schedule["Target"]
        role = roles.get(target["RoleArn"], "")
        yield from _delivers(role, target["Arn"])
        yield from _delivers(role, _dead_letter(target))


def of_publishers(topology: Topology, links: Links, handed_over: dict[str, str]) -> Iterator[Right]:
    """The rights of code: to publish, to read, and to find the addresses of what it uses.

    `handed_over` has the roles of the app that publishers have.
    """
    for publisher, who in holders(topology, links, handed_over):
        targets = _until_now(topology, (each.target for each in publisher.publishes))
        for target in targets:
            yield from _publishes(who, target)
        polled = [made.queue for made in links.long_polls if made.consumer is publisher]
        polled += [made.queue for made in links.event_source_mappings if made.consumer is publisher]
        reads = _until_now(topology, publisher.reads)
        for queue in (*reads, *polled):
            yield from (Right(who, action, place_arn(queue)) for action in RECEIVE)
        if publisher.gives_up:
            for queue in (*reads, *polled):
                if isinstance(queue, Queue) and queue.dead_letter is not None:
                    yield from _delivers(who, place_arn(queue.dead_letter.queue))
        yield from _of_large(who, publisher, targets, {*reads, *polled}, links)
        if not _is_function(publisher):
            for place in (*targets, *reads, *polled):
                path = links.addresses[place].parameter
                if path is not None:
                    parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{path}"
                    yield Right(who, "ssm:GetParameter", parameter)


def _of_large(
    who: str,
    publisher: Publisher,
    targets: Iterable[Place],
    read: set[Place],
    links: Links,
) -> Iterator[Right]:
    """The rights on objects: whoever publishes large messages puts them, who gets them reads."""
    put = {m for place in targets if not isinstance(place, Bus) for m in place.messages}
    narrowed = {m for each in publisher.publishes for m in each.messages}
    got = {m for queue in read for m in queue.messages}
    for made in links.sns_subscriptions:
        if made.target is publisher or made.target in read:
            got |= {m for edge in made.edges for m in edge.messages}
    for action, messages in (("s3:PutObject", put & narrowed), ("s3:GetObject", got)):
        for bucket in {m.large.bucket for m in messages if m.large is not None}:
            name = spelling(bucket.physical_name)
            name = name.replace("${account}", ACCOUNT).replace("${region}", REGION)
            yield Right(who, action, f"arn:aws:s3:::{name}/{OBJECT}")


def _until_now(topology: Topology, places: Iterable[Place]) -> list[Place]:
    """Places with those that they replace, which stay in use until they are taken out."""
    found: list[Place] = []
    for place in places:
        old = topology.replacements.replaced_by(place)
        found += [place] if old is None else [place, old]
    return found


def holders(
    topology: Topology, links: Links, handed_over: dict[str, str]
) -> Iterator[tuple[Publisher, str]]:
    """Publishers with the role or policy that the template has for them."""
    stack = plan(topology, links)
    for rights in stack.rights:
        declared = rights.declared
        item = stack.items_by_path[rights.holder]
        if isinstance(declared, (Queue, Key)):
            continue
        if not isinstance(item, Resource):
            if declared.name in handed_over:
                yield declared, handed_over[declared.name]
            continue
        suffix = "ServiceRole" if item.type == "AWS::Lambda::Function" else ""
        yield declared, f"{stack.logical_id(item)}{suffix}"


def place_arn(place: Place) -> str:
    """The ARN of a place that the stack makes."""
    if isinstance(place, Queue):
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{place.physical_name}"
    if isinstance(place, Topic):
        return f"arn:aws:sns:{REGION}:{ACCOUNT}:{place.physical_name}"
    return f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{place.physical_name}"


def _publishes(who: str, place: Place) -> Iterator[Right]:
    if place.imported is not None or isinstance(place, Bus):
        return  # `put` tries the types of events one by one
    yield from _delivers(who, place_arn(place))


def put(
    topology: Topology, links: Links, handed_over: dict[str, str]
) -> Iterator[tuple[str, str, set[tuple[str, str]]]]:
    """Who puts which events (sources and types) on which buses."""
    for publisher, who in holders(topology, links, handed_over):
        for publication in publisher.publishes:
            bus = publication.target
            if isinstance(bus, Bus) and bus.imported is None and publication.messages:
                own = {(message.source, message.type) for message in publication.messages}
                yield who, place_arn(bus), own


def _is_function(publisher: Publisher) -> bool:
    return isinstance(publisher, Consumer) and publisher.worker is None


def _delivers(who: str, arn: str) -> Iterator[Right]:
    """The right to deliver to an ARN of what is looked at here."""
    service = arn.split(":")[2] if arn.startswith("arn:") else ""
    if service in DELIVER:
        yield Right(who, DELIVER[service], arn)


def _dead_letter(settings: Any) -> str:
    found = settings.get("DeadLetterConfig", {}) if isinstance(settings, dict) else {}
    return str(found.get("Arn", ""))


def _on_failure(settings: dict[str, Any]) -> str:
    found = settings.get("DestinationConfig", {}).get("OnFailure", {})
    return str(found.get("Destination", ""))
