"""A policy lets in more than the edges that the file declares (I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.stack.iam.resource_policies import (
    NAMED_IN_LOGS,
    NAMED_IN_QUEUES,
    RulesOf,
    Source,
    TopicsNamed,
)
from msgc.topology.ends import Bus, Topic


@rule("MSG609", "info")
def widened_policy(subject: Subject) -> Iterator[Finding]:
    """So many topics or rules send to one place that its policy says what they have in common.

    A queue's policy has at most 8192 bytes, the one of log groups 5120. Up to 20 topics and 20
    rules are let into a queue by their ARNs, and 10 rules into log groups. Of more than that, the
    policy lets in all topics of the account whose name begins with the service's, and all rules on
    the bus. Whoever may make such a topic or rule in the account can then send there, too.

    ```yaml
    queues: {audit: {external: true}}
    topics: {
      t01: &t {messages: [OrderPlaced]},
      t02: *t, t03: *t, t04: *t, t05: *t, t06: *t, t07: *t, t08: *t, t09: *t,
      t10: *t, t11: *t, t12: *t, t13: *t, t14: *t, t15: *t, t16: *t, t17: *t,
      t18: *t, t19: *t, t20: *t, t21: *t
    }
    subscriptions: {
      s01: {from: {topic: t01}, to: &q {queue: audit}},
      s02: {from: {topic: t02}, to: *q}, s03: {from: {topic: t03}, to: *q},
      s04: {from: {topic: t04}, to: *q}, s05: {from: {topic: t05}, to: *q},
      s06: {from: {topic: t06}, to: *q}, s07: {from: {topic: t07}, to: *q},
      s08: {from: {topic: t08}, to: *q}, s09: {from: {topic: t09}, to: *q},
      s10: {from: {topic: t10}, to: *q}, s11: {from: {topic: t11}, to: *q},
      s12: {from: {topic: t12}, to: *q}, s13: {from: {topic: t13}, to: *q},
      s14: {from: {topic: t14}, to: *q}, s15: {from: {topic: t15}, to: *q},
      s16: {from: {topic: t16}, to: *q}, s17: {from: {topic: t17}, to: *q},
      s18: {from: {topic: t18}, to: *q}, s19: {from: {topic: t19}, to: *q},
      s20: {from: {topic: t20}, to: *q}, s21: {from: {topic: t21}, to: *q}
    }
    producers: {shop: {publishes: [
      {topic: t01}, {topic: t02}, {topic: t03}, {topic: t04}, {topic: t05}, {topic: t06},
      {topic: t07}, {topic: t08}, {topic: t09}, {topic: t10}, {topic: t11}, {topic: t12},
      {topic: t13}, {topic: t14}, {topic: t15}, {topic: t16}, {topic: t17}, {topic: t18},
      {topic: t19}, {topic: t20}, {topic: t21}
    ]}}
    ```

    Divide them among several queues, if that matters:

    ```yaml
    queues: {audit: {external: true}}
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions: {to-audit: {from: {topic: orders}, to: {queue: audit}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    """
    access = subject.stack.access
    for queue, senders in access.senders.items():
        wide = [wider for sender in senders for wider in map(_wider, sender.sources) if wider]
        if wide:
            yield found(
                queue.key,
                f"the policy of queue `{queue.name}` lets in {' and '.join(wide)}: more"
                f" than {NAMED_IN_QUEUES} send to it, and a policy can't name each",
                "if others in the account must not send here, "
                + (
                    "divide them among several queues"
                    if queue.is_declared
                    else "name a queue for what some subscriptions can't deliver:"
                    " `dead_letter: {queue: lost-orders}`"
                ),
            )
    logged = [wider for wider in map(_wider, access.log_writers) if wider]
    if logged:
        first = next(grant.by for grant in access.grants if grant.may == "log")
        yield found(
            first.place("to"),
            f"the policy of the log groups lets in {' and '.join(logged)}: more than"
            f" {NAMED_IN_LOGS} write to them, and a policy can't name each",
            "if others in the account must not write here, write with fewer rules",
        )


def _wider(source: Source) -> str | None:
    """Return what a source stands for beyond the edges of the file; None if it is one of them."""
    match source:
        case TopicsNamed(prefix=prefix):
            return f"every topic of the account that begins with `{prefix}`"
        case RulesOf(bus=bus):
            return f"every rule on {named(bus)}"
        case Topic() | Bus() | EventRule():
            return None
        case _:
            assert_never(source)
