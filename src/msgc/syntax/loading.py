"""Loading a file: bytes, text, tree, and the one place that knows what a file may be."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome
from msgc.source import Reader, Source, Span
from msgc.syntax import codes, yaml_tree
from msgc.syntax.document import Document
from msgc.syntax.ignores import ignores
from msgc.syntax.limits import Budget
from msgc.syntax.text import read
from msgc.tree import Mapping, Node


def load(path: str, files: Reader) -> Outcome[Document]:
    """Load a messaging.yaml.

    A file with a duplicate key or another mistake that leaves the rest readable has a value all
    the same, so that what else is wrong with it can be said at once.
    """
    source = read(path, files)
    if isinstance(source, Diagnostic):
        return Outcome(None, (source,))
    root, found = _tree(source)
    if root is None:
        return Outcome(None, tuple(found))
    if not isinstance(root, Mapping):
        return Outcome(None, (*found, _not_mapping(root)))
    if "msgc:" not in source.text:
        return Outcome(Document(source=source, root=root, ignores=()), tuple(found))

    comments, complaints = ignores(source, root)
    return Outcome(Document(source=source, root=root, ignores=comments), (*found, *complaints))


def load_part(path: str, files: Reader, budget: Budget) -> Outcome[Document]:
    """Load a part of a messaging.yaml: sections of it, or some of their entries.

    Its values are taken from `budget`, which all parts share.
    """
    source = read(path, files)
    if isinstance(source, Diagnostic):
        return Outcome(None, (source,))
    root, found = yaml_tree.build(source, budget)
    if root is None and found:
        return Outcome(None, tuple(found))
    if not isinstance(root, Mapping):
        sections = "write sections into it, such as `queues: {receipts: {}}`"
        span = Span(source, 0, 0) if root is None else root.span
        said = "this part of a messaging.yaml has no sections"
        return Outcome(None, (*found, codes.TOP_LEVEL_NOT_MAPPING.at(span, said, help=sections)))
    comments, complaints = ignores(source, root) if "msgc:" in source.text else ((), ())
    return Outcome(Document(source=source, root=root, ignores=comments), (*found, *complaints))


def load_node(path: str, files: Reader, budget: Budget | None = None) -> Outcome[Node]:
    """Load a file that something refers to: any value, JSON if the name says so, else YAML.

    Its values are taken from `budget`, which several files may share.
    """
    source = read(path, files)
    if isinstance(source, Diagnostic):
        return Outcome(None, (source,))
    root, found = _tree(source, budget)
    return Outcome(root, tuple(found))


def load_json(path: str, files: Reader) -> Outcome[Node]:
    """Load a JSON file, whatever its name."""
    source = read(path, files)
    if isinstance(source, Diagnostic):
        return Outcome(None, (source,))
    root, found = _tree(source, is_json=True)
    return Outcome(root, tuple(found))


def _tree(
    source: Source, budget: Budget | None = None, *, is_json: bool = False
) -> tuple[Node | None, list[Diagnostic]]:
    is_json = is_json or source.path.lower().endswith(".json")
    if is_json:
        from msgc.syntax import json_tree  # noqa: PLC0415  # where a file refers to one

        root, found = json_tree.build(source, budget)
    else:
        root, found = yaml_tree.build(source, budget)
    if (root is None or not root.span.source.text[root.span.start : root.span.end]) and not found:
        return None, [_empty(source, is_json=is_json)]
    return root, found


def _empty(source: Source, *, is_json: bool) -> Diagnostic:
    return codes.EMPTY_FILE.at(
        Span(source, 0, 0),
        "there is nothing in this file but comments" if "#" in source.text else "the file is empty",
        help="write a JSON value into it, at the least `{}`"
        if is_json
        else "a messaging.yaml starts with `version: 1` and `service: name`; "
        "`msgc init` writes one where there is none",
    )


def _not_mapping(root: Node) -> Diagnostic:
    start = root.span.start
    is_list = not hasattr(root, "text")
    line_end = start + len(root.span.source.text[start : root.span.end].split("\n", 1)[0])
    return codes.TOP_LEVEL_NOT_MAPPING.at(
        Span(root.span.source, start, line_end),
        f"the file is a {'list' if is_list else 'single value'}, not a mapping",
        help="start with `version: 1` and `service: name`, each on a line of its own; "
        "a key needs a space behind its `:`",
    )
