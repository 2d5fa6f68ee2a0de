"""How long it takes until a message that nobody can handle is out of the way."""

from __future__ import annotations

import pytest

from tests.describe.shop import rows


def test_a_poison_message_reaches_its_dead_letter_queue() -> None:
    (row,) = rows("queue/invoicing", "failures")
    assert row.text == "a poison message reaches `invoicing-dlq` after 9 min 30 s"
    assert row.why == ("3 receives * 190 s; visibility: 6 * 30 s + 10 s, from consumer `invoicing`")
    assert row.data["seconds"] == 570
    assert row.data["reaches"] == "queue/invoicing-dlq"
    assert [(step.seconds, step.text) for step in row.steps] == [
        (0, "receive 1 of 3"),
        (190, "receive 2 of 3"),
        (380, "receive 3 of 3"),
        (570, "it is in `invoicing-dlq`"),
        (14 * 86_400, "SQS deletes it from `invoicing-dlq`"),
    ]


@pytest.mark.parametrize("name", ["consumer/invoicing", "subscription/to-invoicing"])
def test_it_is_told_of_whatever_ends_there(name: str) -> None:
    assert any("after 9 min 30 s" in row.text for row in rows(name, "failures"))


def test_an_age_that_runs_out_before() -> None:
    (row,) = rows("queue/late", "failures")
    assert row.text == (
        "a poison message never reaches `late-dlq`: it is deleted when it is 1 min old, and would"
        " take 1 min 40 s"
    )
    assert row.why.startswith("10 s delay + 3 receives * 30 s")
    assert (row.data["reaches"], row.steps) == (None, ())


def test_a_fifo_queue_holds_up_its_group_and_counts_ages_anew() -> None:
    (row,) = rows("queue/lines", "failures")
    assert row.steps[0].text == "receive 1 of 3, and the others of its group wait"
    assert row.steps[-1].seconds == 90 + 14 * 86_400


def test_without_a_dead_letter_queue_it_comes_back_until_it_is_too_old() -> None:
    (row,) = rows("queue/plain", "failures")
    assert "comes back every 30 s, until it is 4 d old; then SQS deletes it" in row.text


def test_an_imported_queue_is_its_owners() -> None:
    (row,) = rows("queue/theirs", "failures")
    assert row.text.startswith("as its owner has it")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("subscription/to-invoicing", "SNS tries 100,015 times, over 23 d;"),
        ("subscription/text", "SNS tries 50 times, over 6 h;"),
        ("subscription/hook", "SNS tries 6 times, over 1 min 40 s;"),
        ("subscription/few", "EventBridge tries again 3 times, until it is 1 h old,"),
        ("subscription/both", "EventBridge tries again 185 times, until it is 1 d old,"),
        ("subscription/nightly", "Scheduler tries again 185 times, until it is 1 d old,"),
        ("consumer/rows", "a batch that fails is tried again 4 times, and its shard waits;"),
    ],
)
def test_how_often_a_delivery_is_tried(name: str, said: str) -> None:
    first = rows(name, "failures")[0]
    assert first.text.startswith(said)
    assert "undelivered" in first.text


def test_a_function_that_is_invoked_asynchronously() -> None:
    made, given = rows("consumer/fraud", "failures")[1], rows("consumer/given", "failures")[1]
    assert made.text == (
        "what its function fails to handle is tried 2 times, and goes to `undelivered` after 1 min"
    )
    assert [step.seconds for step in made.steps] == [0, 60]
    assert "tried 3 times, and is lost after 3 min" in given.text
    assert "unless whoever made the function set it up otherwise" in given.why


def test_of_a_topic_every_way_out_is_told() -> None:
    names = [row.name for row in rows("topic/orders", "failures")]
    assert "topic/orders -> queue/invoicing" in names
    assert "queue/invoicing" in names
    assert "consumer/fraud, asynchronously" in names
