"""What is told about a thing: edges, rights, limits, encryption, settings."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft7Validator

from msgc.describe import describe
from msgc.describe.as_json import description_json
from msgc.describe.find import candidates, meant
from msgc.describe.text import description_text
from msgc.lint.subject import Subject
from tests.assembly import ROOT
from tests.cdk.synthesis import built
from tests.cdk.templates import IN_PARTS, TOPOLOGIES
from tests.describe.shop import described, rows, shop


@pytest.mark.once
@pytest.mark.parametrize("case", TOPOLOGIES)
def test_everything_of_every_topology_can_be_told(case: str) -> None:
    topology, links = built(TOPOLOGIES[case])
    judge = Draft7Validator(json.loads((ROOT / "schemas/explain.schema.json").read_text()))
    subject = Subject(topology, links)
    every = candidates(topology)
    assert every
    for candidate in every[:: 9 if case == IN_PARTS else 1]:  # of much the same 95 times
        assert candidate in meant(every, candidate.reference)
        found = describe(candidate, subject)
        judge.validate({"version": 1, "things": [description_json(found)]})
        for line in description_text(found).splitlines():
            assert "Attribute(" not in line, line


def test_edges() -> None:
    (came,) = rows("queue/invoicing", "in")
    assert came.name == "to-invoicing <- topic/orders"
    assert came.text == 'SNS subscription: `OrderPlaced`, where {"total": [{"numeric": [">", 9]}]}'
    went = rows("queue/invoicing", "out")
    assert [row.name for row in went] == ["consumer/invoicing", "queue/invoicing-dlq"]
    assert rows("message/OrderPlaced", "in")[0].name == "producer/web"


def test_who_may_do_what() -> None:
    told = {row.name: row for row in rows("queue/invoicing", "access")}
    assert list(told) == [
        "sns.amazonaws.com, for topic/orders", "consumer/invoicing", "everybody",
    ]  # fmt: skip
    assert told["consumer/invoicing"].data["actions"] == [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
    ]
    assert told["everybody"].text == "nothing without TLS"
    outsider = rows("queue/plain", "access")[0]
    assert outsider.name == "s3.amazonaws.com, for arn:aws:s3:::pictures"
    assert outsider.text == "sqs:SendMessage"


def test_rights_that_are_alike_are_told_once() -> None:
    told = [row for row in rows("queue/undelivered", "access") if row.name.startswith("sns")]
    assert len({(row.name, row.text) for row in told}) == len(told)
    assert "`hook`" in told[0].why
    assert "`text`" in told[0].why


def test_limits_say_how_near_they_are() -> None:
    told = {row.name: row for row in rows("queue/invoicing", "limits")}
    assert told["visibility"].text == "190s; AWS takes 0s to 12h"
    assert told["policy of the queue"].data["most"] == 8192
    assert 0 < told["policy of the queue"].data["used"] < 1000
    assert told["the whole stack"].data["most"] == 500
    assert rows("queue/theirs", "limits") == ()


def test_encryption() -> None:
    (queue,) = rows("queue/invoicing", "encryption")
    assert queue.text == "SSE-SQS, with keys that SQS owns"
    (topic,) = rows("topic/orders", "encryption")
    assert "no key of yours" in topic.text


def test_alarms_say_what_raises_them_and_whom_they_tell() -> None:
    topology, links = built(TOPOLOGIES["ok-alarms"])
    (queue,) = meant(candidates(topology), "queue/bottling")
    found = describe(queue, Subject(topology, links))
    told = next(chapter.rows for chapter in found.chapters if chapter.word == "alarms")
    assert (told[0].text, told[0].why) == (
        "The oldest message in bottling waits too long",
        "from 3600 on, tells topic/pager",
    )
    settings = next(chapter.rows for chapter in found.chapters if chapter.word == "settings")
    assert (settings[-1].name, settings[-1].text) == ("tags", "kind=bottles")


def test_settings_say_where_they_come_from() -> None:
    told = {row.name: (row.text, row.why) for row in rows("queue/invoicing", "settings")}
    assert told["visibility"] == ("190s", "6 * 30 s + 10 s, from consumer `invoicing`")
    assert told["dead_letter.after"] == ("3", "messaging.yaml:12:36")
    assert told["name"] == ("shop-invoicing", "service and name")
    derived = {row.name: row.why for row in rows("queue/invoicing-dlq", "settings")}
    assert not any(why.startswith("messaging.yaml") for why in derived.values())


def test_a_name_means_what_is_declared_under_it() -> None:
    every = candidates(shop().topology)
    assert [one.reference for one in meant(every, "invoicing")] == [
        "queue/invoicing",
        "consumer/invoicing",
    ]
    assert [one.reference for one in meant(every, "fraud")] == ["consumer/fraud"]
    assert [one.reference for one in meant(every, "subscription/fraud")] == ["subscription/fraud"]
    assert [one.reference for one in meant(every, "schedule/nightly")] == ["subscription/nightly"]
    assert [one.reference for one in meant(every, "queues/late")] == ["queue/late"]
    assert [one.reference for one in meant(every, "shop-late")] == ["queue/late"]
    assert meant(every, "nothing") == ()


def test_of_several_targets_all_are_told() -> None:
    assert [row.name for row in rows("subscription/both", "out")][:2] == [
        "queue/parked",
        "topic/orders",
    ]


def test_text_fits_into_a_hundred_columns() -> None:
    text = description_text(described("topic/orders"))
    first, *lines = text.splitlines()
    assert first == "topic/orders: standard SNS topic, messaging.yaml:19:3"
    assert max(map(len, lines)) <= 100
