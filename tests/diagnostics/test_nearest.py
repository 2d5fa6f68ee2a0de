"""Did you mean: what is near enough, and how much is compared for it."""

from __future__ import annotations

import pytest

from msgc.diagnostics.nearest import bounded_hints, did_you_mean, nearest


@pytest.mark.parametrize(
    ("name", "candidates", "found"),
    [
        ("retenion", ["retention", "visibility"], "retention"),
        ("Retention", ["retention"], "retention"),
        ("RETENTION", ["Retention", "visibility"], "Retention"),
        ("abcxy", ["abcde"], "abcde"),  # six tenths of it, which is just enough
        ("abvxy", ["abcde"], None),
        ("ordrs", ["ordrsa", "ordrsb"], "ordrsb"),  # equally near: always the same one
        ("ordrs", ["ordrsb", "ordrsa"], "ordrsb"),
        ("queue", ["queues", "que", "unique"], "queues"),
        ("queue", [], None),
        ("a" * 256, ["a" * 255], "a" * 255),
        ("a" * 257, ["a" * 256], None),
        ("a" * 256, ["a" * 257], None),
    ],
)  # fmt: skip
def test_the_nearest(name: str, candidates: list[str], found: str | None) -> None:
    assert nearest(name, candidates) == found
    with bounded_hints():
        assert nearest(name, candidates) == found


def test_what_there_is_to_choose_from() -> None:
    names = [f"{letter * 3}" for letter in "zyxwvutsrqpo"]
    listed = ", ".join(f"`{name}`" for name in sorted(names))
    assert did_you_mean("1234", [*names, "zzz"]) == f"expected one of {listed}"
    assert did_you_mean("1234", [*names, "nnn"]) == (
        f"expected one of `nnn`, {listed.removesuffix(', `zzz`')}, ..."
    )
    assert did_you_mean("zzy", names) == "did you mean `zzz`?"
    assert did_you_mean("zzy", []) is None


def test_names_are_compared_up_to_a_bound() -> None:
    far = ["aaaa", "bbbb"]
    with bounded_hints(6):
        assert [did_you_mean("1234", far) is None for _ in range(4)] == [False, False, False, True]
    with bounded_hints(5):
        assert [nearest("1234", iter(far)) for _ in range(3)] == [None] * 3
        assert nearest("aaaa", far) is None
    assert nearest("aaab", far) == "aaaa"


def test_a_closer_look_counts_for_twenty() -> None:
    with bounded_hints(42):
        assert [nearest("aaab", ["aaaa"]) for _ in range(3)] == ["aaaa", "aaaa", None]
    with bounded_hints(43):
        assert [nearest("aaab", ["aaaa"]) for _ in range(4)] == ["aaaa", "aaaa", "aaaa", None]


def test_bounds_end_where_they_were_set() -> None:
    with bounded_hints(0):
        assert nearest("aaab", ["aaaa"]) is None
        with bounded_hints(1):
            assert nearest("aaab", ["aaaa"]) == "aaaa"
        assert nearest("aaab", ["aaaa"]) is None
    assert nearest("aaab", ["aaaa"]) == "aaaa"
