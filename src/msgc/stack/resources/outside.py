"""Plan ends that the file doesn't declare, and the resource policy of log groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.kinds import Cdk
from msgc.links.model import Links
from msgc.stack.arns import end_arn, outside_path, source_arn
from msgc.stack.iam.access import Access
from msgc.stack.iam.grant import LOGS, Action, Grant
from msgc.stack.iam.policy_documents import allowing
from msgc.stack.iam.resource_policies import log_writers
from msgc.stack.model import Existing, Handle, Item, Resource, Statement
from msgc.stack.placement.located import by_stack
from msgc.stack.values import Address, Attribute, Json, Path, Pseudo, text
from msgc.topology import ids
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Queue, Topic
from msgc.topology.narrowing import as_outside, identity
from msgc.topology.origins import Stream
from msgc.topology.placement import MAIN, in_ids
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket

WRITERS = ("events.amazonaws.com", LOGS)


def log_policy_path(stack: str = MAIN) -> Path:
    """Return the path of the resource policy of all log groups of a stack."""
    return (f"{in_ids(stack)}{ids.LOG_GROUPS}", "ResourcePolicy")


TWO_YEARS = 731
"""Days: what CDK keeps where it isn't told otherwise."""


def outside_ends(links: Links) -> Iterator[Item]:
    """Yield what edges end at that the file doesn't declare and that is a resource.

    It is sorted by name: several edges may end at one.
    """
    for (name, *_), (end, cdk, edge) in sorted(_ends(links).items()):
        path, handle = outside_path(end), Handle(name=name)
        if end.address is not None:
            yield Existing(
                path=path, type=cdk.type, address=end.address, declared=edge, handle=handle
            )
        elif end.kind.is_made and end.destination is None:  # those are made beside these
            yield Resource(
                path=path,
                type=cdk.type,
                properties={"LogGroupName": text(end.text or ""), "RetentionInDays": TWO_YEARS},
                declared=edge,
                handle=handle,
            )


def log_policy(links: Links, access: Access) -> Iterator[Item]:
    """Yield the resource policy of all log groups: an account has room for ten in a Region.

    Each stack has one.
    """
    granted = [grant for grant in access.grants if grant.may in {"log", "vend"}]
    for stack, own in by_stack(links.topology, granted, lambda grant: grant.by).items():
        statements = (*_by_rules(own), *_by_deliveries(own))
        name = links.topology.built_as if stack == MAIN else f"{links.topology.built_as}-{stack}"
        yield Resource(
            path=log_policy_path(stack),
            type="AWS::Logs::ResourcePolicy",
            properties={
                "PolicyName": f"{name}{links.topology.suffix}-log-groups",
                "PolicyDocument": Json(value=allowing(statements), by_cdk=True),
            },
            declared=own[0].by,
            stack=stack,
        )


def _by_rules(granted: list[Grant]) -> Iterator[Statement]:
    """Yield what lets rules write to the log groups that are their targets."""
    groups = _groups(granted, "log")
    if groups:
        rules = tuple(source_arn(writer) for writer in log_writers(granted))
        yield Statement(actions=("logs:CreateLogStream",), resources=groups, services=WRITERS)
        yield Statement(
            actions=("logs:PutLogEvents",),
            resources=groups,
            services=WRITERS,
            condition={"ArnLike": {"aws:SourceArn": rules}},
        )


def _by_deliveries(granted: list[Grant]) -> Iterator[Statement]:
    """Yield what lets CloudWatch Logs write what AWS's services log.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
    """
    groups = _groups(granted, "vend")
    if groups:
        yield Statement(
            actions=("logs:CreateLogStream", "logs:PutLogEvents"),
            resources=groups,
            services=(LOGS,),
            condition={
                "ArnLike": {"aws:SourceArn": Address(service="logs", resource="*")},
                "StringEquals": {"aws:SourceAccount": Pseudo(name="AWS::AccountId")},
            },
        )


def _groups(granted: list[Grant], may: Action) -> tuple[Attribute, ...]:
    """Return the ARNs of the log groups about which something is granted, sorted by name."""
    ends = (_outside(grant) for grant in granted if grant.may == may)
    found = {ids.outside_handle(end): end for end in ends if end is not None}
    ordered = sorted(found.values(), key=lambda end: ids.outside_built_as(end, end.tag))
    return tuple(map(end_arn, ordered))


def _outside(grant: Grant) -> Outside | None:
    match grant.on:
        case Outside():
            return grant.on
        case (
            Queue()
            | Topic()
            | Bus()
            | Consumer()
            | Stream()
            | GivenFunction()
            | ClaimTable()
            | PayloadBucket()
            | Key()
            | str()
        ):
            return None
        case _:
            assert_never(grant.on)


def _ends(links: Links) -> dict[tuple[str, ...], tuple[Outside, Cdk, Declared]]:
    """Return each end once, by its attribute and by what it is: two may ask for one attribute."""
    found: dict[tuple[str, ...], tuple[Outside, Cdk, Declared]] = {}
    edges = [
        *(made.edges[0] for made in links.sns_subscriptions),
        *(made.edge for made in links.event_rules),
        *(made.edge for made in links.pipes),
        *(made.edge for made in links.scheduled_sends),
    ]
    loggers: list[Bus | Subscription] = [
        *links.topology.buses.values(),
        *links.topology.subscriptions.values(),
    ]
    logs = [(each.log.group, each) for each in loggers if each.log is not None]
    ends: list[tuple[End, Cdk | None, Declared]] = [
        *((edge.target, edge.cdk, edge) for edge in edges),
        *((group, group.kind.cdk, logger) for group, logger in logs),
    ]
    for target, cdk, declared in ends:
        end = as_outside(target)
        if end is not None and cdk is not None:
            key = (ids.outside_handle(end), repr(identity(end)), cdk.type)
            found.setdefault(key, (end, cdk, declared))
    return found
