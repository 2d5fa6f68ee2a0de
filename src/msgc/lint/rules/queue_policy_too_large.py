"""A queue's policy is larger than SQS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.delivery.plan import QueuePolicy, Rule, RulesOf, Source, TopicsNamed
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology import ids
from msgc.topology.model import ByArn, Topic, Topology

LARGEST = 8192
STATEMENTS = 700
"""Bytes of a policy besides the ARNs: TLS only, and one statement for each service."""
ARN = len('"arn:aws:events:eu-west-1:111122223333:",')
LONGEST_RULE_NAME = 64


@rule("MSG606", "error")
def queue_policy_too_large(subject: Subject) -> Iterator[Finding]:
    r"""So many topics send to a queue that its policy is larger than SQS takes.

    The policy lets in each topic by its ARN, and has at most 8192
    bytes; the deployment fails when it has more. Of many rules and of many topics of this service
    it says what their ARNs have in common, but imported topics are named one by one, whose
    accounts have others: about 80 fit. It is an estimate.

    ```yaml
    messages:
      A: {schema: {type: object, properties: {id: {type: string}}}}
    queues: {audit: {external: true}}
    topics: {
      t01: &t {messages: [A], import: {
        arn: "arn:aws:sns:eu-west-1:999988887777:what-the-sensors-of-all-our\
        -halls-and-yards-and-cellars-and-attics-of-every-building-in-the\
        -halls-and-yards-and-cellars-and-attics-of-every-building-in-the\
        -halls-and-yards-and-cellars-and-attics-of-every-building-in-the" }},
      t02: *t, t03: *t, t04: *t, t05: *t, t06: *t, t07: *t, t08: *t, t09: *t, t10: *t,
      t11: *t, t12: *t, t13: *t, t14: *t, t15: *t, t16: *t, t17: *t, t18: *t, t19: *t,
      t20: *t, t21: *t, t22: *t, t23: *t, t24: *t, t25: *t, t26: *t, t27: *t, t28: *t,
      t29: *t, t30: *t
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
      s20: {from: {topic: t20}, to: *q}, s21: {from: {topic: t21}, to: *q},
      s22: {from: {topic: t22}, to: *q}, s23: {from: {topic: t23}, to: *q},
      s24: {from: {topic: t24}, to: *q}, s25: {from: {topic: t25}, to: *q},
      s26: {from: {topic: t26}, to: *q}, s27: {from: {topic: t27}, to: *q},
      s28: {from: {topic: t28}, to: *q}, s29: {from: {topic: t29}, to: *q},
      s30: {from: {topic: t30}, to: *q}
    }
    ```

    Divide them among several queues. What can't be delivered goes to the queue `undelivered` from
    every subscription of the service; give some of them another:

    ```yaml
    messages:
      A: {schema: {type: object, properties: {id: {type: string}}}}
    queues:
      audit: {external: true}
      lost: {external: true, dead_letter: false}
    topics:
      t01: {messages: [A], import: {arn: "arn:aws:sns:eu-west-1:999988887777:sensors"}}
    subscriptions:
      s01: {from: {topic: t01}, to: {queue: audit}, dead_letter: {queue: lost}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    """
    for policy in subject.delivery.queue_policies:
        size = _size(subject.topology, policy)
        if size > LARGEST:
            yield found(
                policy.queue.key,
                f"so many imported topics send to queue `{policy.queue.name}` that its policy has"
                f" about {size} bytes, and SQS takes {LARGEST}",
                "divide them among several queues"
                if policy.queue.kind == "declared"
                else "name another queue for what some subscriptions can't deliver:"
                " `dead_letter: {queue: lost-orders}`",
            )


def _size(topology: Topology, policy: QueuePolicy) -> int:
    sources = (source for sender in policy.senders for source in sender.sources)
    return STATEMENTS + sum(ARN + _length(topology, source) for source in sources)


def _length(topology: Topology, source: Source) -> int:
    """Return how long the end of an ARN is, the part behind the account."""
    match source:
        case Topic(imported=ByArn(arn=arn)):
            return len(arn.rpartition(":")[2])
        case Topic():
            return len(source.physical_name)
        case Rule():
            stack = len(topology.service) + len("Messaging--XXXXXXXXXXXX")
            identifier = ids.logical_id(topology.service, source.construct_id)
            name = min(LONGEST_RULE_NAME, stack + len(identifier))
            return len("rule//") + len(source.bus.physical_name) + name
        case TopicsNamed(prefix=prefix):
            return len(prefix)
        case RulesOf(bus=bus):
            return len("rule//*") + len(bus.physical_name)
        case _:
            assert_never(source)
