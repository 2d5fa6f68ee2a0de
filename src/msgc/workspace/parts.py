"""Put the parts of a messaging.yaml, which its `include` names, into one tree."""

from __future__ import annotations

import ntpath
from posixpath import dirname, isabs, join, normpath

from msgc.diagnostics import Diagnostic, Findings, Label, Outcome
from msgc.disk import OutsideError
from msgc.source import Files, Referred
from msgc.syntax import Budget, Document, load_part
from msgc.syntax.codes import (
    DUPLICATE_KEY,
    FILE_UNREADABLE,
    LINK_OUT,
    NOT_REGULAR,
    UNKNOWN_ALIAS,
)
from msgc.tree import Mapping, Node, Scalar, Sequence
from msgc.workspace import codes

_BY_NAME = frozenset({
    "messages", "queues", "topics", "buses", "subscriptions", "consumers", "producers", "inputs",
})  # fmt: skip
"""Sections whose entries may stand in any part."""
_LISTED = frozenset({"tests"})
_OF_THE_FILE = frozenset({
    "version", "service", "owner", "description", "source", "build", "defaults", "include",
    "environments", "schemas", "alarms", "dashboard", "stacks", "tags", "discovery", "removal",
    "overrides", "large_messages",
})  # fmt: skip
"""What is said once, of the whole service."""


def with_parts(document: Document, files: Files) -> Outcome[Document]:
    """Return a file with all that its parts declare, each thing with the place where it stands.

    There is none if a part can't be read: what it declares would seem to be missing everywhere.
    """
    return _Parts(document, files).put_together()


class _Parts(Findings):
    def __init__(self, document: Document, files: Files) -> None:
        super().__init__()
        self._document = document
        self._files = files
        self._origin = document.source.path
        self._budget = Budget()
        self._incomplete = False
        """Whether there is a part that can't be read."""
        self._ignores = list(document.ignores)
        self._sources = [document.source]
        self._entries = dict(document.root.entries)

    def put_together(self) -> Outcome[Document]:
        included = self._document.root.get("include")
        named = included.items if isinstance(included, Sequence) else ()
        seen = {normpath(self._origin)}
        for pattern in named:
            if isinstance(pattern, Scalar) and not pattern.is_null:
                paths = self._matching(pattern)
                self._incomplete = self._incomplete or not paths
                for path in paths:
                    if path not in seen:
                        seen.add(path)
                        self._add(path, pattern)
        whole = self._document.replace(
            root=Mapping(self._entries, self._document.root.span),
            ignores=tuple(self._ignores),
            parts=tuple(self._sources[1:]),
        )
        return Outcome(None if self._incomplete else whole, tuple(self.diagnostics))

    def _matching(self, pattern: Scalar) -> tuple[str, ...]:
        """Return the files that a pattern means, in the order of their names."""
        written = pattern.text
        if isabs(written) or ntpath.isabs(written) or ".." in written.split("/"):
            self.report(
                codes.UNUSABLE_PART,
                pattern.span,
                f"`{written}` leads out of the folder of this file",
                "parts lie in or below that folder: write a path without `..`",
            )
            return ()
        folder, this = dirname(self._origin), normpath(self._origin)
        if not _is_pattern(written):
            path = normpath(join(folder, written))
            if path not in (this, folder or ".") and written.strip():
                return (path,)
            said = f"`{written}` {'is this file itself' if path == this else 'names no file'}"
            self.report(
                codes.UNUSABLE_PART,
                pattern.span,
                said if written.strip() else "this names no file",
                "name another file with sections, such as `parts/queues.yaml`",
            )
            return ()
        try:
            found = self._files.matching(written, folder)
        except OSError as error:
            self.report(
                codes.UNUSABLE_PART,
                pattern.span,
                f"`{written}` leads to {error.strerror}",
                "write the folder of the parts into it: `parts/*.yaml`",
            )
            return ()
        if not found:
            self.report(
                codes.UNUSABLE_PART,
                pattern.span,
                f"no file matches `{written}`",
                "the pattern is relative to this file: `*` is any name, `**` any folders",
            )
        return found

    def _add(self, path: str, pattern: Scalar) -> None:
        loaded = load_part(path, Referred(self._files, self._origin), self._budget)
        part = loaded.value
        self._incomplete = self._incomplete or part is None
        if part is None and loaded.diagnostics[0].code in (FILE_UNREADABLE, LINK_OUT, NOT_REGULAR):
            said, tip = self._why_unreadable(path)
            self.report(codes.UNUSABLE_PART, pattern.span, said, tip)
            return
        self.diagnostics.extend(map(self._with_home_of_anchor, loaded.diagnostics))
        if part is None:
            return
        self._ignores += part.ignores
        self._sources.append(part.source)
        for key, node in part.root.items():
            if key.text == "version" and "service" in part.root.entries:
                continue  # one finding will do
            self._merge(key, node, pattern)

    def _with_home_of_anchor(self, found: Diagnostic) -> Diagnostic:
        """Return a finding, if it is about an anchor of another file with advice about that."""
        span = found.span
        anchor = f"&{span.source.text[span.start + 1 : span.end]}"
        there = next((each for each in self._sources if anchor in each.text.split()), None)
        if found.code is not UNKNOWN_ALIAS or there is None:
            return found
        advice = f"`{anchor}` in `{there.path}` is known there alone: mark it here, too"
        return found.replace(help=advice)

    def _why_unreadable(self, path: str) -> tuple[str, str]:
        tip = "the path is relative to this file"
        try:
            self._files.read_referred(path, self._origin)
        except OutsideError:
            return f"`{path}` leads out of the repository", tip
        except IsADirectoryError:
            return f"`{path}` is a folder", "for the files in it, write `/*.yaml` behind it"
        except OSError:
            pass
        if "\\" in path:
            tip = "between folders, write `/`"
        return f"there is no file `{path}` that can be read", tip

    def _merge(self, key: Scalar, node: Node, pattern: Scalar) -> None:
        name = key.text
        if name in _OF_THE_FILE:
            self.report(
                codes.UNUSABLE_PART,
                key.span,
                f"`{name}` can't stand in a part of a file",
                f"a file with a `{name}` of its own is a service of its own"
                if name in ("service", "version")
                else f"write it in `{self._origin}`, of which this is a part",
                Label(span=pattern.span, message="included here"),
            )
            return
        if name.startswith("x-") or (isinstance(node, Scalar) and node.is_null):
            return  # a home for anchors, which are those of one file; or an empty section
        before = self._entries.get(name)
        if before is None or (isinstance(before[1], Scalar) and before[1].is_null):
            self._entries[name] = (key, node)
        elif isinstance(before[1], Mapping) and isinstance(node, Mapping) and name in _BY_NAME:
            self._entries[name] = (before[0], self._joined(before[1], node))
        elif isinstance(before[1], Sequence) and isinstance(node, Sequence) and name in _LISTED:
            items = (*before[1].items, *node.items)
            self._entries[name] = (before[0], Sequence(items, before[1].span))
        elif name not in _BY_NAME | _LISTED:
            self._say_twice(key, before[0])  # an unknown key
        elif isinstance(node, Mapping if name in _BY_NAME else Sequence):
            self._say_misshapen(*before)
            self._entries[name] = (key, node)
        else:
            self._say_misshapen(key, node)

    def _say_misshapen(self, key: Scalar, node: Node) -> None:
        """Report what can't be joined with what other files say in the same section."""
        wanted = "a mapping of names" if key.text in _BY_NAME else "a list"
        self.report(
            codes.UNUSABLE_PART,
            node.span,
            f"`{key.text}` must be {wanted}, as it is in other files of this service",
            f"write {wanted}, or take it out",
        )

    def _joined(self, section: Mapping, more: Mapping) -> Mapping:
        entries = dict(section.entries)
        for name, (key, value) in more.entries.items():
            if name in entries:
                self._say_twice(key, entries[name][0])
            else:
                entries[name] = (key, value)
        return Mapping(entries, section.span)

    def _say_twice(self, key: Scalar, first: Scalar) -> None:
        self.report(
            DUPLICATE_KEY,
            key.span,
            f"`{key.text}` is declared twice",
            "rename one of them, or take it out",
            Label(span=first.span, message="the first one"),
        )


def _is_pattern(written: str) -> bool:
    return not {"*", "?", "["}.isdisjoint(written)
