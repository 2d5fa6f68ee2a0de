"""The base of all declarations: a name, and its place in the file."""

from __future__ import annotations

from msgc.record import Record
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar, at


class Declared(Record):
    """Something the file declares under a name; `key` is the place of that name.

    What msgc derives by itself (a dead-letter queue) has the places of what it was derived from.
    """

    name: str
    key: Span
    node: Node
    description: str = ""
    was: str | None = None
    """The key under which it was first built, where that is another one."""

    @property
    def built_as(self) -> str:
        """The key from which ids, names, variables and paths in AWS are made, for ever.

        Names in Python follow `name`. What reaches a template must not: a renamed thing would be
        another one to AWS.
        """
        return self.was or self.name

    def says(self, option: str) -> bool:
        """Whether the file has an option of it, in its own words or in the defaults of its kind."""
        return isinstance(self.node, Mapping) and option in self.node.entries

    @property
    def tags(self) -> dict[str, str]:
        """The tags that the file says for it, beside those for all."""
        return written_tags(self.node)

    def place(self, *path: str | int) -> Span:
        """Return the place of a part of the declaration (`place("dead_letter", "after")`).

        The place of the name itself, if there is no such part or no path is given.
        """
        if path and isinstance(self.node, Mapping):
            node = at(self.node, path)
            if node is not self.node:
                return node.span
        return self.key


def written_removal(node: Node) -> str:
    """Return what is said to become of a place that is taken out; empty, if nothing is said."""
    written = node.get("removal") if isinstance(node, Mapping) else None
    return written.text if isinstance(written, Scalar) else ""


def written_tags(node: Node) -> dict[str, str]:
    """Return the `tags` of a part of the file, as they are spelled."""
    tags = node.get("tags") if isinstance(node, Mapping) else None
    if not isinstance(tags, Mapping):
        return {}
    return {key.text: value.text for key, value in tags.items() if isinstance(value, Scalar)}
