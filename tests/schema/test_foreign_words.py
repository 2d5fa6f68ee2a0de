"""Words of CDK, CloudFormation, SAM and others: help that leads to a file without them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import analyse
from msgc.schema import schema_text, validate
from msgc.schema.foreign_advice import ADVICE
from msgc.schema.foreign_words import SYNONYMS
from msgc.source import Source
from msgc.syntax import yaml_tree
from msgc.tree import Mapping
from tests.files import messaging

SCHEMA: dict[str, Any] = json.loads(schema_text())
FILE: dict[str, Any] = {
    "version": 1,
    "service": "shop",
    "messages": {
        "Placed": {"schema": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "total": {"type": "number"}}},
            "envelope": {"cloudevents": {}}}
    },
    "queues": {
        "jobs": {"external": True, "dead_letter": {}}, "lost": {"external": True},
        "open": {"external": True, "allow": {"publish": [{}]}},
    },
    "topics": {"orders": {"messages": ["Placed"]}, "parcels": {"import": {}}},
    "buses": {"commerce": {"messages": ["Placed"]}},
    "subscriptions": {
        "one": {"from": {"topic": "orders"}, "to": {"queue": "jobs"}, "dead_letter": {}},
        "two": {"from": {"bus": "commerce"}, "to": {"queue": "jobs"}, "retry": {}},
        "call": {"from": {"bus": "commerce"}, "to": {"api_destination": {
            "connection": "provided"}}},
        "login": {"from": {"bus": "commerce"}, "to": {"api_destination": {
            "url": "https://example.com/x", "connection": {"basic": {}}}}},
        "address": {"from": {"topic": {}}, "to": {"queue": "jobs"}},
        "bare": {},
    },
    "consumers": {
        "worker": {"from": {"topic": "orders"}, "function": {"code": "lambdas/worker"}},
        "poller": {"from": {"queue": "jobs"}, "function": "provided", "batch": {},
                   "concurrency": {}},
        "bare": {},
    },
    "producers": {"web": {"publishes": [{"topic": "orders"}, {"bus": "commerce"}]}, "bare": {}},
    "tests": [{"name": "it works", "publish": {}}],
}  # fmt: skip
PARTS: dict[str, tuple[tuple[str | int, ...], ...]] = {
    "": ((),),
    "message": (("messages", "Placed"),),
    "message.envelope": (("messages", "Placed", "envelope"),),
    "message.envelope.cloudevents": (("messages", "Placed", "envelope", "cloudevents"),),
    "queue": (("queues", "lost"), ("queues", "jobs")),
    "topic": (("topics", "orders"),),
    "bus": (("buses", "commerce"),),
    "subscription": (("subscriptions", "one"), ("subscriptions", "bare")),
    "subscription.from": (("subscriptions", "one", "from"),),
    "subscription.to": (("subscriptions", "one", "to"),),
    "connection": (("subscriptions", "login", "to", "api_destination", "connection"),),
    "connection.basic": (
        ("subscriptions", "login", "to", "api_destination", "connection", "basic"),
    ),
    "subscription.to.api_destination": (("subscriptions", "call", "to", "api_destination"),),
    "consumer": (("consumers", "worker"), ("consumers", "poller"), ("consumers", "bare")),
    "consumer.from": (("consumers", "worker", "from"),),
    "function": (("consumers", "worker", "function"),),
    "producer": (("producers", "web"), ("producers", "bare")),
    "deadLetter": (("queues", "jobs", "dead_letter"),),
    "undelivered": (("subscriptions", "one", "dead_letter"),),
    "batch": (("consumers", "poller", "batch"),),
    "concurrency": (("consumers", "poller", "concurrency"),),
    "retry": (("subscriptions", "two", "retry"),),
    "import": (("topics", "parcels", "import"),),
    "outsiders[]": (("queues", "open", "allow", "publish", 0),),
    "placeReference": (("subscriptions", "address", "from", "topic"),),
    "publishes[]": (("producers", "web", "publishes", 0),),
    "test": (("tests", 0),),
    "test.publish": (("tests", 0, "publish"),),
}
VALUES: tuple[Any, ...] = (
    10, 300, "30s", "30", True, "orders", "Placed", "app.handler", ["Placed"], ["x", 1], {},
    {"a": "b"}, {"queue": "jobs"}, {"topic": "orders"}, {"arn": "arn:aws:sqs:eu-west-1:1:x"},
    "arn:aws:lambda:eu-west-1:111122223333:function:x", 262144, {"attempts": 3}, {"id": ["x"]},
)  # fmt: skip


def definition(part: str) -> dict[str, Any]:
    """What the schema has under the name of a part."""
    node = SCHEMA
    for step in part.replace("[]", ".[]").split(".") if part else ():
        if node is SCHEMA:
            node = SCHEMA["definitions"][step]
        else:
            node = node["items"] if step == "[]" else node["properties"][step]
    return node


def words() -> Iterator[tuple[str, str, str]]:
    for part, table in SYNONYMS.items():
        for meant, written in table.items():
            yield from ((part, word, meant) for word in written.split())
    for part, table in ADVICE.items():
        yield from ((part, word, "") for written in table for word in written.split())


def around(path: tuple[str | int, ...]) -> dict[str, Any]:
    """The file as far as it bears on the shape of a part: the part's own section, or all of it."""
    kept = {"version", "service", path[0]} if path else {*FILE}
    return {section: FILE[section] for section in FILE if section in kept}


def with_key(path: tuple[str | int, ...], word: str, value: Any) -> str:
    document = copy.deepcopy(around(path))
    node: Any = document
    for step in path:
        node = node[step]
    assert word not in node, (path, word)
    node[word] = value
    return json.dumps(document)


def shape_of(text: str) -> tuple[Diagnostic, ...]:
    root, found = yaml_tree.build(Source("messaging.yaml", text))
    assert not found
    assert isinstance(root, Mapping)
    return validate(root)


def mended(text: str, diagnostic: Diagnostic) -> str:
    for edit in diagnostic.fix:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def told(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    return {d.message for d in diagnostics}


def test_every_word_leads_to_one_of_the_language() -> None:
    assert set(PARTS) >= {part for part, _, _ in words()}
    seen: set[tuple[str, str]] = set()
    for part, word, meant in words():
        node = definition(part)
        known = {*node.get("properties", {}), *node.get("x-reserved", {})}
        assert word not in known, (part, word)
        assert (part, word) not in seen, (part, word)
        seen.add((part, word))
        for path in meant.split(" | ") if meant else ():
            assert path.partition(".")[0] in known, (part, word, path)


@pytest.mark.once
def test_a_fix_is_never_the_next_mistake() -> None:
    fixed = 0
    for part, word, _ in words():
        for path in PARTS[part]:
            before = told(shape_of(json.dumps(around(path))))
            for value in VALUES:
                text = with_key(path, word, value)
                new = [d for d in shape_of(text) if d.message not in before]
                said = [d for d in new if f"`{word}`" in d.message]
                assert said, (part, word, value)
                assert said[0].help, (part, word, value)
                if said[0].fix:
                    after = told(shape_of(mended(text, said[0]))) - before
                    assert not after, (part, word, value, said[0].help, after)
                    fixed += 1
    assert fixed > 1000


# --- word by word -------------------------------------------------------------------------------

HEAD = """\
version: 1
service: shop
messages:
  Placed:
    schema: {type: object, required: [id, total], properties: {id: {type: string}, total: {type: number}}}
    group_by: id
"""  # noqa: E501  # as files have it
REST = {
    "queues": "queues: {jobs: {external: true}}\n",
    "topics": "topics: {orders: {messages: [Placed]}}\n",
    "buses": "buses: {commerce: {messages: [Placed]}}\n",
    "subscriptions": "subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}},"
    " two: {from: {bus: commerce}, to: {queue: jobs}}}\n",
    "consumers": "consumers: {c: {from: {topic: orders}, function: {code: lambdas/c}}}\n",
    "producers": "producers: {web: {publishes: [{topic: orders}, {bus: commerce}]}}\n",
}
TABLE = (
    # what was written, what the help says, what it leads to
    ("stages: {dev: {}}", "did you mean `environments`?", ""),
    ("Environments: {dev: {}}", "did you mean `environments`?", ""),
    ("service_name: shop", "`service` says this", ""),
    ("resources: {Resources: {}}", "everything else belongs into your CDK code", ""),
    ("schedules: {nightly: rate(1 day)}", "`from: {schedule: ...}`", ""),
    ("region: eu-west-1", "env=cdk.Environment", ""),
    ("encryption: {key: provided}", "a key stands on what it encrypts", ""),
    ("env: {A: B}", "function: {environment: {LOG_LEVEL: INFO}}", ""),
    ("Globals: {queues: {retention: 14d}}", "did you mean `defaults`?",
     "defaults: {queues: {retention: 14d}}"),
    ("x_own: &own {retention: 14d}", "write `x-own`", "x-own: &own {retention: 14d}"),
    ("queues: {jobs: {external: true, QueueName: todo}}", "did you mean `name`?",
     "queues: {jobs: {external: true, name: todo}}"),
    ("queues: {jobs: {external: true, visibilityTimeout: 300}}", "write `visibility: 300s`",
     "queues: {jobs: {external: true, visibility: 300s}}"),
    ("queues: {jobs: {external: true, retention_days: 14}}", "write `retention: 14d`",
     "queues: {jobs: {external: true, retention: 14d}}"),
    ("queues: {jobs: {external: true, maxReceiveCount: 3}}", "write `dead_letter: {after: 3}`",
     "queues: {jobs: {external: true, dead_letter: {after: 3}}}"),
    ("queues: {jobs: {external: true, deadLetterQueue: lost}, lost: {}}",
     "write `dead_letter: {queue: lost}`",
     "queues: {jobs: {external: true, dead_letter: {queue: lost}}, lost: {}}"),
    ("queues: {jobs: {external: true, dlq: false}}", "did you mean `dead_letter`?",
     "queues: {jobs: {external: true, dead_letter: false}}"),
    ("queues: {jobs: {external: true, kms_master_key_id: alias/x}}",
     "the word is `encryption`", None),
    ("queues: {jobs: {external: true, ContentBasedDeduplication: true}}", "take it out",
     "queues: {jobs: {external: true}}"),
    ("queues: {jobs: {external: true, batchSize: 10}}", "declared under `consumers`", None),
    ("queues: {jobs: {external: true, filterPolicy: {total: [1]}}}",
     "filters stand on the subscription", None),
    ("queues: {jobs: {external: true, max_message_size: 262144}}", "write `max_size: 256KiB`",
     "queues: {jobs: {external: true, max_size: 256KiB}}"),
    ("topics: {orders: {event: Placed}}", "write `messages: [Placed]`",
     "topics: {orders: {messages: [Placed]}}"),
    ("topics: {orders: {messages: [Placed], arn: arn:aws:sns:eu-west-1:111122223333:x}}",
     "write `import: {arn: arn:aws:sns:eu-west-1:111122223333:x}`",
     ("topics: {orders: {messages: [Placed],"
     " import: {arn: arn:aws:sns:eu-west-1:111122223333:x}}}")),
    ("topics: {orders: {messages: [Placed], subscriptions: [jobs]}}",
     "under `subscriptions` at the top", None),
    ("buses: {commerce: {messages: [Placed], source: com.example.shop}}",
     "at the top of the file, or on a message", None),
    ("buses: {commerce: {messages: [Placed], archiveRetention: 30}}",
     "write `archive: {retention: 30d}`",
     "buses: {commerce: {messages: [Placed], archive: {retention: 30d}}}"),
    ("buses: {commerce: {messages: [Placed], rules: []}}", "with `from: {bus: ...}`", None),
    ("subscriptions: {one: {topic: orders, queue: jobs}}", "write `from: {topic: orders}`",
     "subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}}}"),
    ("subscriptions: {one: {from: {topic: orders}, endpoint: https://example.com/x}}",
     "write `to: {https: https://example.com/x}`",
     "subscriptions: {one: {from: {topic: orders}, to: {https: https://example.com/x}}}"),
    ("subscriptions: {one: {from: {topic: orders}, to: {sqs: jobs}}}", "did you mean `queue`?",
     "subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}}}"),
    ("subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}, detail: {total: [1]}}}",
     "filters start at the payload",
     "subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}, filter: {total: [1]}}}"),
    ("subscriptions: {two: {from: {bus: commerce}, to: {queue: jobs}, detailType: [Placed]}}",
     "`messages: [OrderPlaced]`",
     "subscriptions: {two: {from: {bus: commerce}, to: {queue: jobs}, messages: [Placed]}}"),
    ("subscriptions: {two: {from: {bus: commerce}, to: {queue: jobs}, maxEventAge: 3600}}",
     "write `retry: {max_age: 3600s}`",
     "subscriptions: {two: {from: {bus: commerce}, to: {queue: jobs}, retry: {max_age: 3600s}}}"),
    ("subscriptions: {one: {from: {topic: orders}, to: {queue: jobs}, cron: 0 3 * * ? *}}",
     "`from` says this", None),
    ("consumers: {c: {queue: jobs, function: provided}}", "write `from: {queue: jobs}`",
     "consumers: {c: {from: {queue: jobs}, function: provided}}"),
    ("consumers: {c: {from: {queue: jobs}, handler: app.handler}}",
     "function: {code: lambdas/invoicing, handler: app.handler}",
     "consumers: {c: {from: {queue: jobs}, function: {code: c, handler: app.handler}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: {code: c}, timeout: 60}}",
     "it belongs into `function`: `timeout: 60s`",
     "consumers: {c: {from: {queue: jobs}, function: {code: c, timeout: 60s}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: provided, timeout: 60s}}",
     "write `function: {provided: true, timeout: 60s}`",
     "consumers: {c: {from: {queue: jobs}, function: {provided: true, timeout: 60s}}}"),
    ("consumers: {c: {from: {topic: orders}, function: {code: c}, on_failure: {queue: jobs}}}",
     "it belongs into `function`: `on_failure: {queue: jobs}`",
     "consumers: {c: {from: {topic: orders}, function: {code: c, on_failure: {queue: jobs}}}}"),
    ("consumers: {c: {from: {topic: orders}, function: {code: c}, onError: jobs}}",
     "it belongs into `function`: `on_failure: {queue: jobs}`",
     "consumers: {c: {from: {topic: orders}, function: {code: c, on_failure: {queue: jobs}}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: provided, memorySize: 512}}",
     "only goes with `code` there", None),
    ("consumers: {c: {from: {queue: jobs}, function: provided, batch_size: 5}}",
     "write `batch: {size: 5}`",
     "consumers: {c: {from: {queue: jobs}, function: provided, batch: {size: 5}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: provided, batch: {size: 5}, batch_window: 3}}",
     "it belongs into `batch`: `window: 3s`",
     "consumers: {c: {from: {queue: jobs}, function: provided, batch: {size: 5, window: 3s}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: provided, dlq: lost}}",
     "stands on the queue: `dead_letter: {after: 5}`", None),
    ("consumers: {c: {from: {queue: jobs}, function: provided, visibility: 5m}}",
     "it stands on the queue", None),
    ("consumers: {c: {from: {queue: jobs}, function: {code: c, batch: {size: 3}}}}",
     "it stands on the consumer, beside `function`: `batch: {size: 10}`",
     "consumers: {c: {from: {queue: jobs}, function: {code: c}, batch: {size: 3}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: {CodeUri: c}}}", "did you mean `code`?",
     "consumers: {c: {from: {queue: jobs}, function: {code: c}}}"),
    ("consumers: {c: {from: {queue: jobs}, function: {code: c, FunctionName: x}}}",
     "CloudFormation names the function", None),
    ("producers: {web: {topic: orders}}", "write `publishes: [{topic: orders}]`",
     "producers: {web: {publishes: [{topic: orders}]}}"),
    ("producers: {web: {publishes: [{bus: commerce}], topic: orders}}",
     "add `{topic: orders}` to `publishes`",
     "producers: {web: {publishes: [{bus: commerce}, {topic: orders}]}}"),
    (("producers: {web: {publishes: [{topic: orders}],"
     " role_arn: arn:aws:iam::111122223333:role/web}}"),
     "write `role: {arn: arn:aws:iam::111122223333:role/web}`",
     ("producers: {web: {publishes: [{topic: orders}],"
     " role: {arn: arn:aws:iam::111122223333:role/web}}}")),
)  # fmt: skip


def file_of(text: str) -> str:
    section = text.partition(":")[0]
    rest = "".join(part for name, part in REST.items() if name != section)
    return f"{HEAD}{rest}{text}\n"


def errors(text: str) -> list[Diagnostic]:
    return [d for d in analyse("messaging.yaml", messaging(text)).diagnostics if d.is_error]


@pytest.mark.parametrize(("written", "said", "right"), TABLE)
def test_the_help_leads_on(written: str, said: str, right: str | None) -> None:
    found = errors(file_of(written))
    assert any(said in (d.help or "") for d in found), [(d.message, d.help) for d in found]
    if right is not None:
        assert [(d.message, d.help) for d in errors(file_of(right))] == []


@pytest.mark.parametrize(
    ("part", "word", "other"),
    [
        ("", "stages", "messages"), ("", "region", "version"), ("", "servers", "service"),
        ("", "provider", "producers"), ("", "resources", "source"), ("", "plugins", "queues"),
        ("consumer", "image", "messages"), ("consumer", "destinations", "description"),
        ("consumer", "on_failure", "partial_failures"), ("function", "FunctionName", "runtime"),
        ("consumer", "entry", "retry"), ("subscription", "state", "retry"),
        ("bus", "rules", "messages"), ("queue", "policy", "delay"),
    ],
)  # fmt: skip
def test_another_word_is_no_slip(part: str, word: str, other: str) -> None:
    for path in PARTS[part]:
        values: tuple[Any, ...] = ("x", {})
        for value in values:
            for diagnostic in shape_of(with_key(path, word, value)):
                if f"`{word}`" in diagnostic.message:
                    assert diagnostic.help != f"did you mean `{other}`?"
                    assert not (diagnostic.help or "").startswith(f"`{other}` says this")


@pytest.mark.parametrize(
    ("edge", "said"),
    [
        (
            "to: {queue: other}, retry: {attempts: 3}, attempts: 5",
            "`retry` has a `attempts` already; take this one out",
        ),
        (
            "to: {queue: other}, queue: jobs",
            "`to` says this, and it is there already; take this one out",
        ),
        ("to: {queue: other}, retry: {max_age: 1h}, attempts: 5", "it belongs into `retry`"),
    ],
)
def test_what_is_there_already(edge: str, said: str) -> None:
    text = f"version: 1\nservice: shop\nsubscriptions: {{s: {{from: {{topic: t}}, {edge}}}}}\n"
    outcome = analyse("messaging.yaml", messaging(text))
    (found,) = [d for d in outcome.diagnostics if d.code.name == "unknown-key"]
    assert found.help is not None
    assert found.help.startswith(said)
