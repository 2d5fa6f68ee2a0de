"""Find what uses each other in a circle: strongly connected components, by Tarjan's algorithm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def circles(  # noqa: C901  # an algorithm as it is known
    things: Sequence[T], uses: Callable[[T], list[T]]
) -> Iterable[list[T]]:
    """Yield things that use each other together, what they use before them (Tarjan's algorithm)."""
    among = set(things)
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    stack: dict[T, None] = {}
    for start in things:
        if start in index:
            continue
        path = [(start, iter(uses(start)))]
        index[start] = low[start] = len(index)
        stack[start] = None
        while path:
            thing, rest = path[-1]
            for below in rest:
                if below not in among:
                    continue
                if below not in index:
                    index[below] = low[below] = len(index)
                    stack[below] = None
                    path.append((below, iter(uses(below))))
                    break
                if below in stack:
                    low[thing] = min(low[thing], index[below])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[thing])
                if low[thing] == index[thing]:
                    circle: list[T] = []
                    while not circle or circle[-1] is not thing:
                        circle.append(stack.popitem()[0])
                    yield circle
