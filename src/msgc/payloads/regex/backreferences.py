r"""What `\1` means where its group has taken no part: nothing in ECMAScript, a mismatch in Python.

ECMAScript also forgets what a group took whenever a repetition around it begins anew.
"""

from __future__ import annotations

from typing import Literal

from msgc.payloads.regex.nodes import (
    Alternation,
    Backreference,
    Concatenation,
    Group,
    Look,
    NotForPython,
    Part,
    Repeat,
    inside,
)

Meaning = Literal["the group", "the group, if it took part", "nothing"]
Path = tuple[tuple[Part, int], ...]
"""The parts around one, outermost first, each with which of its parts leads there."""


class Backreferences:
    """What each reference of a pattern means."""

    def __init__(self, root: Part, *, some: bool) -> None:
        self._groups: dict[int | str, tuple[Group, Path]] = {}
        references: list[tuple[Backreference, Path]] = []
        if some:  # most patterns have none
            self._walk(root, (), references)
        self._meanings = {each: self._meaning(each, path) for each, path in references}

    def meaning(self, reference: Backreference) -> Meaning:
        """Return when it stands for what."""
        return self._meanings[reference]

    def group(self, reference: Backreference) -> Group:
        """Return the group that is meant."""
        return self._groups[reference.group][0]

    def _walk(self, part: Part, path: Path, found: list[tuple[Backreference, Path]]) -> None:
        if isinstance(part, Group):
            for key in (part.number, part.name):
                if key is not None:
                    self._groups[key] = (part, path)
        elif isinstance(part, Backreference):
            found.append((part, path))
        for i, below in enumerate(inside(part)):
            self._walk(below, (*path, (part, i)), found)

    def _meaning(self, reference: Backreference, path: Path) -> Meaning:
        group, way = self._groups[reference.group]
        if any(isinstance(each, Look) and each.behind for each, _ in (*path, *way)):
            message = f"a reference to a group, `\\{reference.group}`, and a lookbehind"
            raise NotForPython(message)
        if any(each is group for each, _ in path):
            return "nothing"
        shared = 0
        while shared < min(len(path), len(way)) and path[shared] == way[shared]:
            shared += 1
        around, mine = way[shared]
        between = [each for each, _ in way[shared + 1 :]]
        unset = any(isinstance(each, Look) and each.negative for each in between)
        later = isinstance(around, Concatenation) and mine > path[shared][1]
        if unset or later or isinstance(around, Alternation):
            return "nothing"
        if any(_is_loop(each) for each in between):
            message = f"`\\{reference.group}` refers to a group that is repeated; write it out"
            raise NotForPython(message)
        if not any(isinstance(each, Alternation | Repeat) for each in between):
            return "the group"
        if any(_is_loop(each) for each, _ in path[:shared]):
            message = (
                f"`\\{reference.group}` refers to a group that may have taken no part in this"
                " repetition; write out both cases with `|`"
            )
            raise NotForPython(message)
        return "the group, if it took part"


def _is_loop(part: Part) -> bool:
    return isinstance(part, Repeat) and part.most != 1
