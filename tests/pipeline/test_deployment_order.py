"""Services that need one another, and the order in which they can be deployed all the same."""

from __future__ import annotations

import pytest

from msgc.pipeline.deployment_order import Need, circles
from msgc.source import Source, Span

HERE = Span(Source("messaging.yaml", ""), 0, 0)


def ring(size: int) -> list[Need]:
    return [
        Need(service=f"s{i}", owner=f"s{(i + 1) % size}", edge="e", span=HERE) for i in range(size)
    ]


@pytest.mark.parametrize(
    ("size", "more"), [(2, ""), (6, ""), (7, " and 1 more"), (9, " and 3 more")]
)
def test_of_many_services_some_are_named(size: int, more: str) -> None:
    (found,) = circles(ring(size))
    names = ", ".join(f"`s{i}`" for i in range(min(size, 6)))
    assert found.message.startswith(f"none of {names}{more} can be deployed first")
    assert found.help is not None
    steps = "".join(f", then `s{i}`" for i in range(size - 1, 0, -1))
    assert found.help.endswith(f"deploy `s0` without `e`{steps}, then `s0` as it is")


def test_a_chain_is_no_circle() -> None:
    assert list(circles(ring(4)[:-1])) == []
