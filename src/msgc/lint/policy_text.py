"""IAM policies as AWS gets them, to measure how long they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgc.delivery.plan import QueuePolicy, Rule, TopicSubscription
from msgc.delivery.rights import Statement
from msgc.lint.addresses import arn, function_arn, made_name, parameter_arn, source_arn
from msgc.topology import ids
from msgc.topology.model import Consumer

_VERSION = "2012-10-17"


def identity_policy(statements: Iterable[Statement], region: str) -> int:
    """Return how many characters the policy of a role has; IAM doesn't count white space."""
    documents = [_statement(statement, region) for statement in statements]
    return _length({"Statement": documents, "Version": _VERSION})


def queue_policy(service: str, policy: QueuePolicy, region: str) -> int:
    """Return how many bytes the policy of a queue has: TLS only, and those who may send."""
    queue = arn(policy.queue, region)
    statements: list[dict[str, Any]] = [
        {
            "Action": "sqs:*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Resource": queue,
        }
    ]
    for sender in policy.senders:
        sources = [source_arn(service, source, region) for source in sender.sources]
        statements.append(
            {
                "Action": "sqs:SendMessage",
                "Condition": {"ArnLike": {"aws:SourceArn": sources}},
                "Effect": "Allow",
                "Principal": {"Service": _one_or_more(sender.principals)},
                "Resource": queue,
            }
        )
    return _length({"Statement": statements, "Version": _VERSION})


def function_policy(
    service: str,
    consumer: Consumer,
    invokers: Iterable[tuple[str, TopicSubscription | Rule]],
    region: str,
) -> int:
    """Return how many characters the policy of a function has; each permission is a statement."""
    function = function_arn(service, consumer, region)
    statements = [
        {
            "Sid": made_name(service, ids.permission(invoker.construct_id)),
            "Effect": "Allow",
            "Principal": {"Service": principal},
            "Action": "lambda:InvokeFunction",
            "Resource": function,
            "Condition": {"ArnLike": {"AWS:SourceArn": _invoker_arn(service, invoker, region)}},
        }
        for principal, invoker in invokers
    ]
    return _length({"Version": _VERSION, "Id": "default", "Statement": statements})


def _invoker_arn(service: str, invoker: TopicSubscription | Rule, region: str) -> str:
    source = invoker.topic if isinstance(invoker, TopicSubscription) else invoker
    return source_arn(service, source, region)


def _statement(statement: Statement, region: str) -> dict[str, Any]:
    resources = [arn(place, region) for place in statement.places]
    resources += [parameter_arn(path, region) for path in statement.parameters]
    found: dict[str, Any] = {
        "Action": _one_or_more(statement.actions),
        "Effect": "Allow",
        "Resource": _one_or_more(resources),
    }
    if statement.events is not None:
        events = statement.events
        equal = {"events:source": events.source, "events:detail-type": [*events.types]}
        found["Condition"] = {"StringEquals": equal}
    return found


def _one_or_more(texts: Iterable[str]) -> str | list[str]:
    found = list(texts)
    return found[0] if len(found) == 1 else found


def _length(document: Any) -> int:
    return len(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode())
