"""Log groups that rules write to, and the one policy that lets them."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery.plan import Delivery
from msgc.stack.access import Access
from msgc.stack.arns import log_group_handle, log_group_path, source_arn
from msgc.stack.model import Existing, Handle, Item, Resource, Statement
from msgc.stack.policies import allowing
from msgc.stack.values import Attribute, Json
from msgc.topology import ids
from msgc.topology.model import LogGroup, Subscription

WRITERS = ("events.amazonaws.com", "delivery.logs.amazonaws.com")

_TWO_YEARS = 731
"""Days: what CDK keeps where it isn't told otherwise."""


def log_groups(delivery: Delivery) -> Iterator[Item]:
    """Yield the log groups, sorted by name: several rules may write to one."""
    for (name, _), (group, edge) in sorted(_groups(delivery).items()):
        path, handle = log_group_path(group), Handle(name=name)
        if group.address is not None:
            yield Existing(
                path=path,
                type="AWS::Logs::LogGroup",
                address=group.address,
                declared=edge,
                handle=handle,
            )
        else:
            yield Resource(
                path=path,
                type="AWS::Logs::LogGroup",
                properties={"LogGroupName": group.name, "RetentionInDays": _TWO_YEARS},
                declared=edge,
                handle=handle,
                on_deletion="Retain",
            )


def log_policy(delivery: Delivery, access: Access) -> Iterator[Item]:
    """Yield the resource policy of all log groups: an account has room for ten in a Region."""
    found = _groups(delivery)
    if not found:
        return
    groups = tuple(
        Attribute(of=log_group_path(group), name="Arn") for _, (group, _) in sorted(found.items())
    )
    rules = tuple(source_arn(writer) for writer in access.log_writers)
    create = Statement(actions=("logs:CreateLogStream",), resources=groups, services=WRITERS)
    put = Statement(
        actions=("logs:PutLogEvents",),
        resources=groups,
        services=WRITERS,
        condition={"ArnLike": {"aws:SourceArn": rules}},
    )
    yield Resource(
        path=(ids.LOG_GROUPS, "ResourcePolicy"),
        type="AWS::Logs::ResourcePolicy",
        properties={
            "PolicyName": f"{delivery.topology.service}-log-groups",
            "PolicyDocument": Json(value=allowing([create, put]), by_cdk=True),
        },
        declared=next(r.edge for r in delivery.rules if isinstance(r.target, LogGroup)),
    )


def _groups(delivery: Delivery) -> dict[tuple[str, str], tuple[LogGroup, Subscription]]:
    found: dict[tuple[str, str], tuple[LogGroup, Subscription]] = {}
    for rule in delivery.rules:
        if isinstance(rule.target, LogGroup):
            key = (log_group_handle(rule.target), rule.target.name or "")
            found.setdefault(key, (rule.target, rule.edge))
    return found
