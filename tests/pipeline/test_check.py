from __future__ import annotations

import json

from msgc.payloads.documents.anchors import names_of
from msgc.pipeline.check import check
from tests.files import Memory, messaging
from tests.patterns.test_compiled import REFUSED

HEAD = "version: 1\nservice: shop\n"


def names(text: str) -> list[str]:
    return [d.code.name for d in check("messaging.yaml", messaging(HEAD + text)).diagnostics]


def test_shape_and_names_are_told_together() -> None:
    queues = "{jobs: {fifoo: true}, more: {dead_letter: {queue: nowhere}}}"
    assert names(f"queues: {queues}\n") == ["unknown-key", "unknown-name"]


def test_rules_are_silent_about_what_has_the_wrong_shape() -> None:
    assert "value-out-of-range" in names("queues: {jobs: {delay: 20m}}\n")
    assert names("queues: {jobs: {delay: 20m, fifoo: true}}\n") == ["unknown-key"]
    assert names("queues: {jobs: {fifoo: true}, more: {delay: 20m, external: true}}\n") == [
        "unknown-key", "value-out-of-range",
    ]  # fmt: skip


def test_what_cant_stand_in_defaults_is_told_once() -> None:
    rest = (
        "messages: {A: {schema: {type: object}}}\nqueues: {q: {messages: [A]}}\n"
        "consumers: {c: {from: {queue: q}, function: provided}}\n"
        "producers: {p: {publishes: [{queue: q}]}}\n"
    )
    for defaults in (
        "queues: {dead_letter: {queue: nope}}",
        "queues: {fifo: true}",
        "consumers: {messages: [Nope]}",
        "consumers: {dead_letter: {queue: q}}",
        "consumers: {reads: [{queue: q}]}",
        "consumers: {function: {on_failure: {queue: nope}}}",
    ):
        assert names(f"{rest}defaults: {{{defaults}}}\n") == ["unknown-key"], defaults


def test_what_a_misshapen_message_may_use_isnt_told_to_be_unused() -> None:
    top = "large_messages: {retention: 90d}\n"
    rest = (
        "queues: {q: {messages: [A]}}\nconsumers: {c: {from: {queue: q}, function: provided}}\n"
        "producers: {p: {publishes: [{queue: q}]}}\n"
    )
    sound = "messages: {A: {schema: {type: object}}}\n"
    large = "schema: {type: object}, lage_messages: true"
    for wrong in (
        f"messages: {{A: {{{large}}}}}\n",
        "messages: {A: {schema: {type: object}, large_messages: yes please}}\n",
        f"mesages: {{A: {{{large}}}}}\n",
        f"x-a: &a {{{large}}}\nmessages: {{A: *a}}\n",
        f"defaults: {{messages: {{lage_messages: true}}}}\n{sound}",
    ):
        told = names(top + wrong + rest)
        assert told, wrong
        assert "option-not-here" not in told, wrong
    assert names(top + sound + rest.replace("q: {", "q: {fifoo: true, ")) == [
        "option-not-here", "unknown-key",
    ]  # fmt: skip


def test_a_filter_that_a_misshapen_message_may_need_isnt_told_to_be_missing() -> None:
    rest = (
        "topics: {t: {messages: [A, B]}}\nqueues: {q: {external: subscribe}}\n"
        "subscriptions: {s: {from: {topic: t}, messages: [A], filter_on: body, to: {queue: q}}}\n"
        "producers: {p: {publishes: [{topic: t}]}}\n"
    )
    message = "{schema: {type: object, required: [%s], properties: {%s: {type: string}}}%s}"
    a, b = message % ("a", "a", ""), message % ("b", "b", ", surprise: 1")
    assert names(f"messages: {{A: {a}, B: {b}}}\n{rest}") == ["unknown-key"]
    alone = rest.replace("[A, B]", "[A]").replace("q: {", "q: {fifoo: true, ")
    assert names(f"messages: {{A: {a}}}\n{alone}") == ["unknown-key"]
    sure = rest.replace("[A, B]", "[A]") + "x: {}\n"
    assert names(f"messages: {{A: {a}}}\n{sure}") == ["filter-on-without-filter", "unknown-key"]


def test_a_schema_that_is_none_is_told_once() -> None:
    for schema in ("order.json", "[{type: object}]", "true", ""):
        told = names(f"messages: {{A: {{schema: {schema}}}}}\ntopics: {{t: {{messages: [A]}}}}\n")
        assert len(told) == 1, (schema, told)


def test_a_file_that_many_messages_refer_to_is_searched_for_names_once() -> None:
    text = (
        f"{HEAD}messages:\n"
        + "".join(f"  M{i}: {{schema: {{$ref: 'all.json#/$defs/A'}}}}\n" for i in range(20))
        + "queues: {jobs: {}}\n"
    )
    schemas = (
        '{"$defs": {"A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}}}, "B": {}}}'
    )
    before = names_of.cache_info().misses
    check("messaging.yaml", Memory({"messaging.yaml": text, "all.json": schemas}))
    assert names_of.cache_info().misses - before == 20 + 1  # their own, and the one they share


def test_all_that_is_wrong_with_a_filter_is_told() -> None:
    topology = (
        "source: com.example.shop\n"
        "messages: {M: {schema: {type: object, properties: {a: {type: string}, b: {type: object,"
        " properties: {c: {type: string}}}}}}}\n"
        "topics: {t: {messages: [M]}}\nqueues: {q: {external: true}}\n"
        "producers: {p: {publishes: [{topic: t}]}}\n"
        "subscriptions: {e: {from: {topic: t}, to: {queue: q}, filter: %s}}\n"
    )
    assert names(topology % "{a: [{prefx: x}], b: {d: [x]}, e: [x]}") == [
        "unknown-operator", "unknown-filter-field", "unknown-filter-field",
    ]  # fmt: skip
    assert names(topology % "{b: {c: [{prefix: 1}], d: [x]}}") == [
        "wrong-operand", "unknown-filter-field",
    ]  # fmt: skip
    assert names(topology % "{b: {prefix: x}}") == ["value-not-in-list"]
    # of half a filter it isn't known what it matches
    assert names(topology % "{a: [{prefx: x}], b: {c: [{exists: true}, {exists: false}]}}") == [
        "unknown-operator",
    ]  # fmt: skip
    assert names(topology % "{$or: [{a: [x]}, {b: {d: [x]}}, {a: x}], e: [x]}") == [
        "value-not-in-list", "unknown-filter-field",
    ]  # fmt: skip


def test_no_rule_falls_over_a_broken_pattern() -> None:
    tried = 0
    for pattern, *_ in REFUSED:
        try:
            written = json.dumps(pattern, allow_nan=False)
        except (TypeError, ValueError):  # nothing that a file can say
            continue
        text = (
            "messages: {M: {schema: {type: object}}}\nbuses: {b: {messages: [M]}}\n"
            "queues: {q: {}}\nsubscriptions:\n"
            f"  e: {{from: {{bus: b}}, to: {{queue: q}}, pattern: {written}}}\n"
        )
        assert "rule-crashed" not in names(text), pattern
        tried += 1
    assert tried > 70


def test_what_anchors_are_kept_in_is_nobodys_business() -> None:
    head = "x-jobs: &jobs {retention: 14d, external: true}\nx-jbs: {jbs: 1}\n"
    queues = "queues: {jobs: *jobs, more: {<<: *jobs, delay: 20m}}\n"
    publishes = "producers: {p: {publishes: [{queue: %s}, {queue: more}]}}\n"
    assert names(head + queues + publishes % "jobs") == [
        "value-out-of-range", "publication-without-messages", "publication-without-messages",
    ]  # fmt: skip
    assert "unknown-name" in names(head + queues + publishes % "jbs")


def helps(text: str) -> list[str | None]:
    return [d.help for d in check("messaging.yaml", messaging(HEAD + text)).diagnostics]


def test_what_lies_around_a_payload_is_left_out_of_filters() -> None:
    topology = (
        "messages: {M: {schema: {type: object, properties: {total: {type: number}}}}}\n"
        "topics: {t: {messages: [M]}}\nbuses: {b: {messages: [M]}}\nqueues: {q: {external: true}}\n"
        "producers: {p: {publishes: [{topic: t}, {bus: b}]}}\n"
        "subscriptions: {e: {from: {%s}, to: {queue: q}, %s}, all: {from: {bus: b}, to: {log_group: l}}}\n"  # noqa: E501  # as files have it
    )
    for origin, written, wanted in (
        ("bus: b", "filter: {detail: {total: [1]}}", "leave out `detail`"),
        ("topic: t", "filter: {Message: {total: [1]}}", "leave out `Message`"),
        ("bus: b", "filter: {detail-type: [M]}", "`messages: [M]`"),
        ("bus: b", "filter: {source: [shop]}", "a `pattern` can ask"),
        ("bus: b", "filter: {totl: [1]}", "did you mean `total`?"),
        ("bus: b", "messages: [M], pattern: {total: [1]}", "write `detail: {total: ...}`"),
        ("bus: b", "messages: [M], pattern: {sorce: [shop]}", "did you mean `source`?"),
        ("bus: b", "messages: [M], pattern: {detail: {totl: [1]}}", "did you mean `total`?"),
    ):
        told = helps(topology % (origin, written))
        assert any(wanted in (help_ or "") for help_ in told), (written, told)


def test_an_impossible_pipe_is_told_once() -> None:
    text = "queues: {a: {external: true}}\n"
    for to in ("https: https://example.com/x", "email: a@example.com"):
        edges = f"subscriptions: {{e: {{from: {{queue: a}}, to: {{{to}}}}}}}\n"
        assert names(text + edges) == ["impossible-edge"], to
