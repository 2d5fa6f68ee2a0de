"""`Locations`: in which of a service's CloudFormation stacks everything lies that is planned."""

from __future__ import annotations

from typing import assert_never

from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Stack,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.placement.located import located
from msgc.stack.values import Path
from msgc.stack.walk import references
from msgc.topology.declared import Declared
from msgc.topology.placement import MAIN


class Locations:
    """The stacks of items, after each resource has its own."""

    def __init__(self, stack: Stack) -> None:
        placement = stack.links.topology.placement
        self.names = (MAIN,) if placement is None else placement.names
        self._resources = {each.path: each.stack for each in stack.resources}
        self._existing = {each.path: each for each in stack.existing}
        self._declared = located(stack.links.topology)
        self._users: dict[Path, set[str]] = {}
        for item in (item for section in stack.sections for item in section.items):
            found = self._by_itself(item)
            for path in references(item) if found else ():
                if path in self._existing:
                    self._users.setdefault(path, set()).update(found)

    def of(self, item: Item) -> tuple[str, ...]:
        """Return the stacks in which an item is: what exists is found by each that uses it.

        The policy of a key that is handed over is written by the first of these.
        """
        match item:
            case Existing(path=path):
                return self._using(path)
            case Rights(holder=path) | Opening(place=path):
                return self._by_itself(item) or self._using(path)[:1]
            case Resource() | TimeoutCheck() | AccountCheck() | Tagged() | Override():
                return self._by_itself(item)
            case _:
                assert_never(item)

    def _by_itself(self, item: Item) -> tuple[str, ...]:  # noqa: PLR0911  # one for each
        """Return where an item is, whoever uses it; nothing, where that decides."""
        match item:
            case Resource(stack=stack):
                return (stack,)
            case Existing():
                return ()
            case Rights(holder=path, declared=declared) | Opening(place=path, declared=declared):
                return self._at(path, declared)
            case AccountCheck(role=path, declared=declared):
                return self._at(path, declared)
            case TimeoutCheck(function=path):
                return self._at(path, self._existing[path].declared)
            case Tagged(paths=paths):
                return tuple(dict.fromkeys(self._resources[path] for path in paths))
            case Override(path=path):
                return (self._resources[path],)
            case _:
                assert_never(item)

    def _at(self, path: Path, declared: Declared) -> tuple[str, ...]:
        own = self._resources.get(path) or self._declared.get(declared)
        return () if own is None else (own,)

    def _using(self, path: Path) -> tuple[str, ...]:
        users = self._users.get(path, set())
        return tuple(name for name in self.names if name in users) or (MAIN,)
