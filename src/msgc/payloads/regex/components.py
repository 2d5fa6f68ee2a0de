"""The loops of a graph: which positions lead to one another."""

from __future__ import annotations


def components(after: list[dict[int, int]]) -> list[frozenset[int]]:
    """Return the sets of positions that lead to one another, each after what it leads to."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    out: list[frozenset[int]] = []
    done: set[int] = set()
    for root in range(len(after)):
        if root in order:
            continue
        work = [(root, iter(after[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            here, ways = work[-1]
            for there in ways:
                if there not in order:
                    order[there] = low[there] = len(order)
                    stack.append(there)
                    work.append((there, iter(after[there])))
                    break
                if there not in done:
                    low[here] = min(low[here], order[there])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == order[here]:
                    at = stack.index(here)
                    members = frozenset(stack[at:])
                    del stack[at:]
                    done |= members
                    out.append(members)
    return out
