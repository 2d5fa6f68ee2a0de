"""Whether a text may have characters that JSON escapes, which EventBridge puts in as they are."""

from __future__ import annotations

from msgc.payloads.model import Shape, StringShape, UnionShape
from msgc.runtime.codec.patterns.engines import LINEAR
from msgc.runtime.codec.patterns.parser import (
    Assertion,
    Characters,
    Either,
    Node,
    Repeat,
    Sequence,
    parse,
)

_ESCAPED = (*range(0x20), ord('"'), ord("\\"))


def may_need_escapes(shape: Shape) -> bool:
    """Whether a value may have quotes, backslashes or control characters in it."""
    if isinstance(shape, UnionShape):
        return any(map(may_need_escapes, shape.options))
    if not isinstance(shape, StringShape):
        return False
    if shape.enum is not None:
        return any(ord(char) in _ESCAPED for text in shape.enum for char in text)
    if shape.checked_format is not None:
        return False
    return shape.pattern is None or not _excludes(shape.pattern)


def _excludes(pattern: str) -> bool:
    """Whether a pattern is about the whole text, and admits nothing that has to be escaped."""
    try:
        node = parse(pattern.removeprefix(LINEAR))
    except (TypeError, ValueError):
        return False
    parts = node.parts if isinstance(node, Sequence) else [node]
    ends = [part.kind for part in parts if isinstance(part, Assertion)]
    anchored = ends[:1] == ["start"] and ends[-1:] == ["end"]
    return anchored and _is_plain(node)


def _is_plain(node: Node) -> bool:
    match node:
        case Characters(ranges=ranges):
            return not any(low <= one <= high for low, high in ranges for one in _ESCAPED)
        case Sequence(parts=parts) | Either(options=parts):
            return all(map(_is_plain, parts))
        case Repeat(body=body):
            return _is_plain(body)
        case _:
            return True
