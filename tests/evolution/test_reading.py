"""What msgc didn't write so is told with its line, and never guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.evolution.inventory.entry import Entry
from msgc.evolution.inventory.lines import given_up, line, written
from msgc.evolution.inventory.reading import read
from msgc.source import Source
from tests.evolution.judged import said

QUEUE = "{key: queue/a, stack: main, id: ShopAQueue, type: AWS::SQS::Queue, name: shop-a}"


def problems(*lines: str) -> list[str]:
    text = "\n".join(("holds:", *(f"  - {each}" for each in lines), ""))
    return said(read(Source("messaging.inventory", text)).problems)


def test_what_is_written_is_read() -> None:
    assert problems(QUEUE) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{key: queue/a, colour: red}", "`colour` is no word of an inventory"),
        ("{stack: main}", "it has no `key`"),
        ("{key: {a: b}}", "`key` has another kind of value"),
        ("{key: a, names: b}", "`names` has another kind of value"),
        ("{key: a, of: b}", "`of` has another kind of value"),
        ("{key: a, off: perhaps}", "`off` has another kind of value"),
        ("{key: a, fixed: {b: [c]}}", "`fixed` has another kind of value"),
        ("{key: a, key: b}", "`key` is there twice"),
        ("{key: a", "`,` is missing"),
        ("{key: }", "a value is missing before `}`"),
        ("{key: a} and more", "` and more` is left over"),
        ('{key: "a}', "a quote isn't closed"),
        (r'{key: "\n"}', r"`\n` is no escape that msgc writes"),
        (r'{key: "\Uffffffff"}', r"`\U` is no escape that msgc writes"),
        ("{key: a, why: so}", "`why` belongs to a line of `gone`, and to each of them"),
        ("{key: [a}", "`,` is missing before `}`"),
        ("{}", "it has no `key`"),
    ],
)
def test_what_is_wrong_with_a_line(text: str, why: str) -> None:
    found = problems(QUEUE, text)
    assert found == [f"3: unreadable-inventory: line 3 isn't as msgc writes it: {why}"]


@pytest.mark.parametrize("text", ["holds: {}", "  - key: a", "gone: []", "- {key: a}", "x"])
def test_what_is_no_line(text: str) -> None:
    found = read(Source("messaging.inventory", f"# so\nholds: []\n{text}\n"))
    assert len(found.problems) == 1
    assert "neither `holds:`, `gone:` nor a line below" in found.problems[0].message


def test_a_line_before_any_section() -> None:
    assert len(read(Source("messaging.inventory", f"  - {QUEUE}\n")).problems) == 1


def test_a_key_that_is_there_twice() -> None:
    other = QUEUE.replace("shop-a", "shop-b")
    assert problems(QUEUE, other) == [
        "3: unreadable-inventory: line 3 isn't as msgc writes it: `queue/a` is there twice"
    ]


def test_a_merge_that_is_not_finished() -> None:
    ours, theirs = QUEUE.replace("queue/a", "queue/b"), QUEUE.replace("queue/a", "queue/c")
    base = QUEUE.replace("queue/a", "queue/d")
    text = "\n".join((
        "holds:", f"  - {QUEUE}", "<<<<<<< HEAD", f"  - {ours}", "||||||| 1234567", f"  - {base}",
        "=======", f"  - {theirs}", ">>>>>>> branch", "",
    ))  # fmt: skip
    found = read(Source("messaging.inventory", text))
    assert found.problems == ()
    assert found.conflict is not None
    assert said([found.conflict])[0].startswith("3: inventory-in-conflict: line 3 is a mark")
    assert [each.entry.key for each in found.holds] == ["queue/a", "queue/b", "queue/c"]


texts = st.text(st.characters(codec="utf-8"), min_size=1)


@given(texts, st.dictionaries(st.sampled_from(["A", "B"]), texts), st.lists(texts), texts)
def test_any_text_is_read_back(
    name: str, fixed: dict[str, str], waits: list[str], why: str
) -> None:
    entry = Entry(key=f"queue/{name}", names={"dev": name}, fixed=fixed, waits=tuple(waits))
    text = written("shop", [line(entry)], [given_up(line(entry), why)])
    found = read(Source("messaging.inventory", text))
    assert found.problems == ()
    (held,), (gone,) = found.holds, found.gone
    assert line(held.entry) == line(entry)
    assert gone.entry.why == why
    assert held.entry.fixed == fixed
