"""`schemas` at the top of a file: where schemas are found by their `$id`, and annotations."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from msgc.diagnostics import Findings
from msgc.payloads.documents import Catalog
from msgc.payloads.vocabulary import SUPPORTED
from msgc.resolve import codes, parse
from msgc.source import Files
from msgc.tree import Mapping, Node, Scalar

_PATTERNS = ("**/*.json", "**/*.yaml", "**/*.yml")
_OWN_ID = r"""(?:^|[\s{,"'])\$?id["']?\s*:\s*["']?([A-Za-z][A-Za-z0-9+.-]*:[^\s"',}\\]+)"""
_MOST_BYTES = 256 * 1024 * 1024
"""How much text is looked through for `$id`s."""


def catalog_of(node: Node | None, files: Files, origin: str, said: Findings) -> Catalog:
    """Return what the `schemas` of the file `origin` say; folders without schemas are reported."""
    if not isinstance(node, Mapping):
        return Catalog()
    folders: list[str] = []
    found: list[str] = []
    for folder in parse.items(node.get("folders")):
        written = parse.text(folder)
        if not written:
            continue  # which is told already
        path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), written))
        try:
            below = [p for pattern in _PATTERNS for p in files.matching(pattern, path)]
        except OSError as error:
            said.report(
                codes.SCHEMA_FOLDER,
                folder.span,
                f"below `{written}` are {error.strerror or 'too many files'}",
                "name the folders in it that have the schemas",
            )
            continue
        if not below:
            said.report(
                codes.SCHEMA_FOLDER,
                folder.span,
                f"no schema lies below `{written}`: there is no `.json` or `.yaml` file",
                "the path is relative to this file, and stays within the repository",
            )
        folders.append(written)
        found += below
    return Catalog(
        annotations=frozenset(_annotations(node.get("annotations"), said)),
        find=_index(tuple(dict.fromkeys(found)), files, origin),
        folders=tuple(folders),
    )


def _annotations(written: Node | None, said: Findings) -> Iterator[str]:
    for item in parse.items(written):
        if not isinstance(item, Scalar):
            continue
        if item.text in SUPPORTED:
            said.report(
                codes.KEYWORD_AS_ANNOTATION,
                item.span,
                f"`{item.text}` is a keyword of JSON Schema, and is read as one",
                "take it out: words that mean something can't be passed over",
            )
        yield item.text


def _index(paths: tuple[str, ...], files: Files, origin: str) -> Callable[[str], tuple[str, ...]]:
    """Return what finds the files with an `$id`; they are looked through when one is asked for."""
    by_id: dict[str, list[str]] | None = None

    def find(address: str) -> tuple[str, ...]:
        nonlocal by_id
        if by_id is None:
            by_id = _ids(paths, files, origin)
        return tuple(by_id.get(address.removesuffix("#"), ()))

    return find


def _ids(paths: tuple[str, ...], files: Files, origin: str) -> dict[str, list[str]]:
    """Return the files by the absolute `$id`s in their text, those of the same bytes once."""
    out: dict[str, dict[bytes, str]] = {}
    left = _MOST_BYTES
    for path in paths:
        try:
            content = files.read_referred(path, origin)
        except OSError:
            continue  # it is said when a `$ref` names it
        left -= len(content)
        if left < 0:
            break
        text = content.decode("utf-8", errors="replace").replace("\\/", "/")
        for own in re.findall(_OWN_ID, text):
            out.setdefault(own.rstrip("#"), {}).setdefault(content, path)
    return {own: list(files.values()) for own, files in out.items()}
