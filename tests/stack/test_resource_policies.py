"""Who may send to a queue: each source by its ARN, or what too many of them have in common."""

from __future__ import annotations

import pytest

from msgc.links.mechanisms import EventRule
from msgc.stack.iam.access import Access, access
from msgc.stack.iam.resource_policies import RulesOf, Sender, Source, TopicsNamed
from msgc.topology.ends import Bus, Topic
from tests.links.linked import links_of, topology_of

HEAD = """\
version: 1
service: shop
messages: {A: {schema: {type: object, properties: {id: {type: string}}}}}
"""


def access_of(text: str) -> Access:
    links = links_of(HEAD + text)
    return access(links.topology, links)


def senders_of(text: str) -> tuple[Sender, ...]:
    """Who may send to the queue `q`."""
    found = access_of(text).senders.items()
    return next(senders for queue, senders in found if queue.name == "q")


def sender_text(sender: Sender) -> str:
    principals = " ".join(sender.principals)
    return f"{principals}: {' '.join(map(_source, sender.sources))}"


def _source(source: Source) -> str:
    match source:
        case Topic() | Bus():
            return source.name
        case EventRule():
            return source.construct_id
        case RulesOf(bus=bus):
            return f"{bus.name}/*"
        case TopicsNamed(prefix=prefix):
            return f"{prefix}*"


def topics(own: int, *, imported: int = 0, named: int = 0) -> str:
    lines = [f"  t{i:02}: {{messages: [A]}}" for i in range(own)]
    lines += [
        f'  i{i:02}: {{messages: [A], import: {{arn: "arn:aws:sns:eu-west-1:444455556666:i{i}"}}}}'
        for i in range(imported)
    ]
    lines += [f"  n{i:02}: {{messages: [A], name: company-news-{i}}}" for i in range(named)]
    names = [line.split(":")[0].strip() for line in lines]
    edges = [f"  s-{name}: {{from: {{topic: {name}}}, to: {{queue: q}}}}" for name in names]
    listed = "\n".join(lines)
    return f"topics:\n{listed}\nqueues: {{q: {{external: true}}}}\nsubscriptions:\n" + "\n".join(
        edges
    )


def shown(senders: tuple[Sender, ...]) -> list[str]:
    return [sender_text(sender) for sender in senders]


def test_twenty_topics_are_named() -> None:
    (sender,) = senders_of(topics(20))
    assert [getattr(source, "name", source) for source in sender.sources] == [
        f"t{i:02}" for i in range(20)
    ]


def test_more_are_let_in_by_the_name_of_the_service() -> None:
    assert shown(senders_of(topics(21))) == ["sns.amazonaws.com: shop-*"]


def test_imported_topics_are_always_named() -> None:
    """Another account's topics have no prefix that could be trusted."""
    (sender,) = senders_of(topics(20, imported=2))
    _, *others = sender.sources
    assert sender_text(sender).startswith("sns.amazonaws.com: shop-*")
    assert [getattr(source, "name", source) for source in others] == ["i00", "i01"]


def test_topics_with_names_of_their_own_are_named() -> None:
    (sender,) = senders_of(topics(20, named=1))
    assert [getattr(source, "name", source) for source in sender.sources[1:]] == ["n00"]


def test_a_prefix_that_lets_nobody_in_is_left_out() -> None:
    (sender,) = senders_of(topics(0, imported=21))
    assert [getattr(source, "name", source) for source in sender.sources] == [
        f"i{i:02}" for i in range(21)
    ]


@pytest.mark.parametrize(("count", "left"), [(20, 20), (21, 1)])
def test_rules(count: int, left: int) -> None:
    text = "buses: {b: {messages: [A]}}\nqueues: {q: {external: true}}\nsubscriptions:\n"
    for i in range(count):
        text += f"  r{i:02}: {{from: {{bus: b}}, to: {{queue: q}}, filter: {{id: [v{i}]}}}}\n"
    (sender,) = senders_of(text)
    assert sender.principals == ("events.amazonaws.com",)
    assert len(sender.sources) == left


def test_rules_on_imported_buses_are_always_named() -> None:
    """Others have rules on another account's bus, too."""
    text = "buses:\n  own: {messages: [A]}\n"
    arn = "arn:aws:events:eu-west-1:444455556666:event-bus/k"
    text += f'  known: {{messages: [A], import: {{arn: "{arn}"}}}}\n'
    text += "queues: {q: {external: true}}\nsubscriptions:\n"
    for bus, count in (("own", 18), ("known", 3)):
        for i in range(count):
            edge = f"{{from: {{bus: {bus}}}, to: {{queue: q}}, filter: {{id: [v{i}]}}}}"
            text += f"  {bus}-{i}: {edge}\n"
    assert shown(senders_of(text)) == [
        "events.amazonaws.com: own/* Known0Rule Known1Rule Known2Rule"
    ]


def test_topics_and_rules_are_counted_apart() -> None:
    text = topics(20) + "\n  r: {from: {bus: b}, to: {queue: q}}\nbuses: {b: {messages: [A]}}\n"
    assert [len(sender.sources) for sender in senders_of(text)] == [20, 1]


@pytest.mark.parametrize(("count", "left"), [(10, 10), (11, 1)])
def test_log_groups(count: int, left: int) -> None:
    text = "buses: {b: {messages: [A]}}\nsubscriptions:\n"
    for i in range(count):
        text += (
            f"  r{i:02}: {{from: {{bus: b}}, to: {{log_group: /g/{i}}}, filter: {{id: [v{i}]}}}}\n"
        )
    assert len(access_of(text).log_writers) == left


def test_a_dead_letter_queue_takes_what_its_queue_takes() -> None:
    """A message is moved with its size; a smaller limit would lose it."""
    text = (
        HEAD + "queues: {q: {messages: [A], external: true, max_size: 64KiB}, r: {messages: [A]}}\n"
    )
    queues = topology_of(text).queues
    assert queues["q-dlq"].max_size == queues["q"].max_size == 64 * 1024
    assert queues["r-dlq"].max_size == queues["r"].max_size == 1024 * 1024
