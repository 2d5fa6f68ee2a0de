"""A service that is deployed, and sixty edits of it, each with whether it loses something."""

from __future__ import annotations

from typing import NamedTuple

SERVICE = """\
version: 1
service: shop
source: com.example.shop
messages:
  Placed:
    schema:
      type: object
      required: [id]
      properties: {id: {type: string}, total: {type: number}, tier: {enum: [gold, basic]}}
    attributes: [tier]
    group_by: id
  Cancelled: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
  Swept: {schema: {type: object, properties: {kind: {const: nightly}}}}
queues:
  invoicing: {retention: 7d}
  audit: {retention: 14d, external: subscribe}
  jobs: {messages: [Cancelled], delay: 5s}
  reports: {messages: [Swept], external: subscribe, dead_letter: {queue: spoilt, after: 3}}
  spoilt: {external: subscribe}
  ledger: {fifo: true}
  pipe-in: {messages: [Placed]}
  pipe-out: {external: subscribe}
  ours: {name: our-very-own, messages: [Cancelled], external: subscribe}
topics:
  orders: {messages: [Placed, Cancelled], external: subscribe}
  sequence: {fifo: true, messages: [Placed], archive: {retention: 30d}}
buses:
  commerce: {messages: [Placed], archive: {retention: 90d}, schemas: true}
subscriptions:
  to-invoicing: {from: {topic: orders}, messages: [Placed], to: {queue: invoicing}}
  mail: {from: {topic: orders}, messages: [Cancelled], to: {email: ops@example.com}}
  hook: {from: {topic: orders}, to: {https: "https://partner.example.com/hook"}}
  to-ledger: {from: {topic: sequence}, to: {queue: ledger}}
  to-audit: {from: {bus: commerce}, to: {queue: audit}}
  nightly:
    from: {schedule: rate(1 day)}
    send: {message: Swept, body: {kind: nightly}}
    to: {queue: reports}
  onwards: {from: {queue: pipe-in}, to: {queue: pipe-out}}
  changes: {from: {stream: {kinesis: provided}, start: trim_horizon}, to: {queue: pipe-out}}
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing, timeout: 30s, logs: {retention: 14d}}
    batch: {size: 10}
  fraud:
    from: {topic: orders}
    messages: [Placed]
    filter: {total: [{numeric: [">", 100]}]}
    function: {code: lambdas/fraud}
  worker:
    from: {queue: jobs}
    filter: {id: [{prefix: o-}]}
    function: provided
producers:
  web: {publishes: [{topic: orders}, {topic: sequence}, {bus: commerce}], role: provided}
  desk: {publishes: [{queue: jobs}, {queue: pipe-in}, {queue: ours}, {queue: reports}]}
"""


class Edit(NamedTuple):
    """An edit: texts that are replaced, and whether something is lost by it."""

    name: str
    replaced: tuple[tuple[str, str], ...]
    loses: bool


def _edit(name: str, *replaced: tuple[str, str], loses: bool) -> Edit:
    return Edit(name, replaced, loses)


_DESK = "  desk: {publishes: [{queue: jobs}, {queue: pipe-in}, {queue: ours}, {queue: reports}]}\n"
_WEB = "  web: {publishes: [{topic: orders}, {topic: sequence}, {bus: commerce}], role: provided}\n"
_OTHERS_MAIL = "to: {email: ops@example.com}"

EDITS = (
    # What is there is called otherwise.
    _edit("rename the service", ("service: shop", "service: store"), loses=True),
    _edit(
        "rename a queue",
        ("  invoicing: {retention", "  bills: {retention"),
        ("{queue: invoicing}", "{queue: bills}"),
        loses=True,
    ),
    _edit(
        "rename a queue of others",
        ("  audit:", "  records:"),
        ("{queue: audit}", "{queue: records}"),
        loses=True,
    ),
    _edit(
        "rename a topic", ("  orders:", "  sales:"), ("topic: orders", "topic: sales"), loses=True
    ),
    _edit("rename a bus", ("  commerce:", "  trade:"), ("bus: commerce", "bus: trade"), loses=True),
    _edit("rename a subscription of a queue", ("to-invoicing:", "to-bills:"), loses=False),
    _edit("rename a subscription of a mail", ("  mail:", "  ops-mail:"), loses=False),
    _edit("rename a subscription of a URL", ("  hook:", "  partner-hook:"), loses=False),
    _edit("rename a rule", ("  to-audit:", "  all-to-audit:"), loses=True),
    _edit("rename a schedule", ("  nightly:", "  every-night:"), loses=True),
    _edit("rename a pipe from a queue", ("  onwards:", "  forward:"), loses=True),
    _edit("rename a pipe from a stream", ("  changes:", "  news:"), loses=True),
    _edit("rename a consumer of a queue", ("  worker:\n", "  hand:\n"), loses=True),
    _edit("rename a consumer of a topic", ("  fraud:\n", "  risk:\n"), loses=True),
    _edit("rename a producer with a role", ("  web:", "  site:"), loses=False),
    _edit("rename a producer with a policy", ("  desk:", "  counter:"), loses=True),
    _edit("rename a message", ("Cancelled", "Revoked"), loses=True),
    _edit(
        "rename a message and keep its type",
        ("  Cancelled: {", "  Revoked: {type: Cancelled, "),
        ("[Cancelled]", "[Revoked]"),
        ("[Placed, Cancelled]", "[Placed, Revoked]"),
        loses=False,
    ),
    _edit(
        "give a message another type", ("  Cancelled: {", "  Cancelled: {type: V2, "), loses=True
    ),
    _edit(
        "change the source", ("source: com.example.shop", "source: com.example.store"), loses=True
    ),
    _edit(
        "say the derived type", ("  Cancelled: {", "  Cancelled: {type: Cancelled, "), loses=False
    ),
    _edit(
        "rename a queue under a name of its own",
        ("  ours:", "  mine:"),
        ("{queue: ours}", "{queue: mine}"),
        loses=True,
    ),
    _edit("give a queue a name", ("  audit: {", "  audit: {name: records, "), loses=True),
    _edit("change a queue's name", ("our-very-own", "my-very-own"), loses=True),
    # What is there goes, or something comes.
    _edit(
        "drop a mail",
        (f"  mail: {{from: {{topic: orders}}, messages: [Cancelled], {_OTHERS_MAIL}}}\n", ""),
        loses=True,
    ),
    _edit(
        "drop a rule", ("  to-audit: {from: {bus: commerce}, to: {queue: audit}}\n", ""), loses=True
    ),
    _edit("drop an archive", ("archive: {retention: 90d}, ", ""), loses=True),
    _edit("drop a topic's archive", (", archive: {retention: 30d}", ""), loses=True),
    _edit("drop the schemas", (", schemas: true", ""), loses=True),
    _edit("drop a dead-letter queue", ("delay: 5s}", "delay: 5s, dead_letter: false}"), loses=True),
    _edit(
        "drop a queue",
        (", {queue: ours}", ""),
        ("  ours: {name: our-very-own, messages: [Cancelled], external: subscribe}\n", ""),
        loses=True,
    ),
    _edit("drop a producer with a policy", (_DESK, ""), loses=True),
    _edit("drop a producer with a role", (_WEB, ""), loses=False),
    _edit(
        "add a queue",
        ("queues:\n", "queues:\n  more: {external: true, messages: [Placed]}\n"),
        loses=False,
    ),
    _edit(
        "add a topic",
        ("topics:\n", "topics:\n  more: {messages: [Placed], external: true}\n"),
        loses=False,
    ),
    _edit(
        "add a message",
        ("messages:\n", "messages:\n  More: {schema: {type: object}}\n"),
        loses=False,
    ),
    _edit(
        "add a subscription",
        (
            "subscriptions:\n",
            "subscriptions:\n  more: {from: {topic: orders}, to: {queue: audit}}\n",
        ),
        loses=False,
    ),
    _edit(
        "add a field",
        ("total: {type: number}", "total: {type: number}, note: {type: string}"),
        loses=False,
    ),
    _edit(
        "add an owner", ("service: shop\n", "service: shop\nowner: shop@example.com\n"), loses=False
    ),
    _edit("describe a queue", ("  audit: {", "  audit: {description: All of it, "), loses=False),
    # What is there stands elsewhere in the file.
    _edit(
        "reorder queues",
        ("  spoilt: {external: subscribe}\n", ""),
        ("queues:\n", "queues:\n  spoilt: {external: subscribe}\n"),
        loses=False,
    ),
    _edit(
        "reorder publications",
        ("[{topic: orders}, {topic: sequence}", "[{topic: sequence}, {topic: orders}"),
        loses=False,
    ),
    # What is there is set otherwise.
    _edit("shorten a retention", ("retention: 7d", "retention: 2d"), loses=True),
    _edit("lengthen a retention", ("retention: 7d", "retention: 9d"), loses=False),
    _edit("leave a retention to SQS", ("invoicing: {retention: 7d}", "invoicing: {}"), loses=True),
    _edit("shorten an archive", ("retention: 90d", "retention: 30d"), loses=True),
    _edit("keep an archive for ever", ("archive: {retention: 90d}", "archive: true"), loses=False),
    _edit(
        "shorten a topic's archive",
        ("archive: {retention: 30d}", "archive: {retention: 7d}"),
        loses=True,
    ),
    _edit(
        "shorten dead letters",
        ("delay: 5s}", "delay: 5s, dead_letter: {after: 5, retention: 6d}}"),
        loses=True,
    ),
    _edit("shorten logs", ("logs: {retention: 14d}", "logs: {retention: 7d}"), loses=True),
    _edit("change a delay", ("delay: 5s", "delay: 1m"), loses=False),
    _edit("change a timeout", ("timeout: 30s", "timeout: 40s"), loses=False),
    _edit("change a batch", ("size: 10", "size: 5"), loses=False),
    _edit("change a redrive", ("after: 3", "after: 5"), loses=False),
    _edit("change a rate", ("rate(1 day)", "rate(2 days)"), loses=False),
    _edit(
        "make a topic standard",
        ("  sequence: {fifo: true, ", "  sequence: {"),
        (", archive: {retention: 30d}", ""),
        ("  ledger: {fifo: true}", "  ledger: {}"),
        loses=True,
    ),
    _edit("make a queue FIFO", ("  pipe-in: {", "  pipe-in: {fifo: true, "), loses=True),
    _edit(
        "switch off a rule",
        ("to: {queue: audit}}", "to: {queue: audit}, enabled: false}"),
        loses=True,
    ),
    _edit(
        "switch off a schedule",
        ("    to: {queue: reports}", "    to: {queue: reports}\n    enabled: false"),
        loses=False,
    ),
    _edit("send a mail to others", ("ops@example.com", "all@example.com"), loses=True),
    _edit("call another URL", ("example.com/hook", "example.com/orders"), loses=True),
    _edit("narrow a filter behind a queue", ("[{prefix: o-}]", "[{prefix: o-1}]"), loses=True),
    _edit(
        "widen a filter behind a queue",
        ("[{prefix: o-}]", "[{prefix: o-}, {prefix: p-}]"),
        loses=False,
    ),
    _edit(
        "take away a filter behind a queue", ("    filter: {id: [{prefix: o-}]}\n", ""), loses=False
    ),
    _edit("change a filter of a topic", ('[">", 100]', '[">", 200]'), loses=False),
    _edit(
        "narrow a rule",
        (
            "bus: commerce}, to: {queue: audit}",
            "bus: commerce}, filter: {tier: [gold]}, to: {queue: audit}",
        ),
        loses=False,
    ),
    _edit("start a stream elsewhere", ("start: trim_horizon", "start: latest"), loses=True),
    _edit("take back an attribute", ("    attributes: [tier]\n", ""), loses=True),
    _edit(
        "turn a topic into a bus",
        ("  orders: {messages: [Placed, Cancelled], external: subscribe}\n", ""),
        ("buses:\n", "buses:\n  orders: {messages: [Placed, Cancelled], external: subscribe}\n"),
        ("topic: orders", "bus: orders"),
        (
            "  mail: {from: {bus: orders}, messages: [Cancelled], to: {email: ops@example.com}}\n",
            "",
        ),
        ('  hook: {from: {bus: orders}, to: {https: "https://partner.example.com/hook"}}\n', ""),
        loses=True,
    ),
)
