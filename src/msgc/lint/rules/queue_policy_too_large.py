"""A queue's policy is larger than SQS takes (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.delivery.plan import QueuePolicy
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.model import Topic, Topology

LARGEST = 8192
STATEMENTS = 700
"""Bytes of a policy besides the ARNs: TLS only, and one statement for each service."""
ARN = len('"arn:aws:events:eu-west-1:111122223333:rule/",')
LONGEST_RULE_NAME = 64


@rule("MSG606", "warning")
def queue_policy_too_large(subject: Subject) -> Iterator[Finding]:
    """So many topics and rules send to a queue that its policy is larger than SQS takes.

    The policy names each of them, so that nobody else can send, and has at most 8192 bytes; the
    deployment fails when it has more. About 80 rules or 130 topics fit. It is an estimate: the
    names of rules are given by CloudFormation.

    ```yaml
    messages:
      A: {schema: {type: object, properties: {id: {type: string}}}}
    buses: {commerce: {messages: [A]}}
    queues: {audit: {external: true}}
    subscriptions: {
      s01: &s {from: {bus: commerce}, messages: [A], to: {queue: audit}},
      s02: *s, s03: *s, s04: *s, s05: *s, s06: *s, s07: *s, s08: *s, s09: *s, s10: *s,
      s11: *s, s12: *s, s13: *s, s14: *s, s15: *s, s16: *s, s17: *s, s18: *s, s19: *s,
      s20: *s, s21: *s, s22: *s, s23: *s, s24: *s, s25: *s, s26: *s, s27: *s, s28: *s,
      s29: *s, s30: *s, s31: *s, s32: *s, s33: *s, s34: *s, s35: *s, s36: *s, s37: *s,
      s38: *s, s39: *s, s40: *s, s41: *s, s42: *s, s43: *s, s44: *s, s45: *s, s46: *s,
      s47: *s, s48: *s, s49: *s, s50: *s, s51: *s, s52: *s, s53: *s, s54: *s, s55: *s,
      s56: *s, s57: *s, s58: *s, s59: *s, s60: *s, s61: *s, s62: *s, s63: *s, s64: *s,
      s65: *s, s66: *s, s67: *s, s68: *s, s69: *s, s70: *s, s71: *s, s72: *s, s73: *s,
      s74: *s, s75: *s, s76: *s, s77: *s, s78: *s, s79: *s, s80: *s, s81: *s, s82: *s,
      s83: *s, s84: *s
    }
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    One subscription can take several messages. What can't be delivered goes to the queue
    `undelivered` from every subscription of the service; give some of them another:

    ```yaml
    messages:
      A: {schema: {type: object, properties: {id: {type: string}}}}
    buses: {commerce: {messages: [A]}}
    queues:
      audit: {external: true}
      lost-orders: {external: true, dead_letter: false}
    subscriptions:
      to-audit: {from: {bus: commerce}, to: {queue: audit}, dead_letter: {queue: lost-orders}}
    producers: {shop: {publishes: [{bus: commerce}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    """
    for policy in subject.delivery.queue_policies:
        size = _size(subject.topology, policy)
        if size > LARGEST:
            count = sum(len(sender.sources) for sender in policy.senders)
            yield found(
                policy.queue.key,
                f"{count} topics and rules send to queue `{policy.queue.name}`, so its policy has"
                f" about {size} bytes, and SQS takes {LARGEST}",
                "divide them among several queues"
                if policy.queue.kind == "declared"
                else "name another queue for what some subscriptions can't deliver:"
                " `dead_letter: {queue: lost-orders}`",
            )


def _size(topology: Topology, policy: QueuePolicy) -> int:
    size = STATEMENTS
    for sender in policy.senders:
        for source in sender.sources:
            if isinstance(source, Topic):
                size += ARN + len(source.physical_name)
            else:
                stack = len(topology.service) + len("Messaging--XXXXXXXXXXXX")
                name = min(LONGEST_RULE_NAME, stack + len(source.logical_id))
                size += ARN + len(source.bus.physical_name) + name
    return size
