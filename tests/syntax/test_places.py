"""Places: where a span says a value stands, the value stands."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.source import Source, Span
from msgc.syntax import json_tree, yaml_tree
from msgc.syntax.pure_parser import PureParser
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence, to_json

pytestmark = pytest.mark.once

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
)
KEYS = TEXT.filter(lambda text: not {"\u2028", "\u2029"} & set(text))
"""Line breaks to YAML, in which no key may be broken."""
NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.items():
            yield key
            yield from scalars(value)


def text_at(span: Span) -> str:
    return span.source.text[span.start : span.end]


def same(node: Node, value: JsonValue) -> bool:
    return json.dumps(to_json(node)) == json.dumps(value)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.sampled_from([True, False]))
def test_json_comes_back_and_every_place_is_right(
    value: JsonValue,
    indent: int | str | None,
    ascii_only: bool,  # noqa: FBT001  # hypothesis gives it
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    root, found = json_tree.build(Source("a.json", text))
    assert not found
    assert root is not None
    assert same(root, value)
    assert text_at(root.span) == text
    for scalar in scalars(root):
        assert json.loads(text_at(scalar.span)) == (scalar.value if scalar.plain else scalar.text)


def as_yaml(value: JsonValue, indent: int = 0) -> str:
    """The value in block style, texts in double quotes, with comments wherever one can stand."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        lines = [
            f"{pad}{json.dumps(k, ensure_ascii=False)}:{below(v, indent)}" for k, v in value.items()
        ]
    elif isinstance(value, list) and value:
        lines = [f"{pad}-{below(v, indent)}" for v in value]
    else:
        return f"{pad}{json.dumps(value, ensure_ascii=False)}"
    return f"\n{pad}# 😀 a comment\n".join(lines)


def below(value: JsonValue, indent: int) -> str:
    nested = as_yaml(value, indent + 1)
    return (
        f"  # below\r\n{nested}"
        if isinstance(value, dict | list) and value
        else f" {nested.strip(' ')}"
    )


@given(st.dictionaries(KEYS.filter(lambda key: len(key) < 100), VALUES, max_size=4))
def test_yaml_comes_back_and_every_place_is_right(value: dict[str, JsonValue]) -> None:
    text = as_yaml(value)
    source = Source("a.yaml", text)
    for root, found in (yaml_tree.build(source), yaml_tree.build(source, parser=PureParser)):
        assert not found
        assert root is not None
        assert same(root, value)
        for scalar in scalars(root):
            written = text_at(scalar.span)
            assert written == scalar.text if scalar.plain else json.loads(written) == scalar.text


@given(st.text(st.sampled_from("ab:-#&*!|>'\"{}[],\n\t 😀é1~<.?%@\r\u2028\x85\x07"), max_size=60))
def test_any_text_is_read_or_refused_alike(text: str) -> None:
    source = Source("a.yaml", text)
    ours, found = yaml_tree.build(source)
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= len(text)
        for span in (diagnostic.span, *(label.span for label in diagnostic.labels)):
            line, column = source.position(span.start)
            assert line >= 1
            assert column >= 1
    json_tree.build(source)
    if ours is not None:
        assert 0 <= ours.span.start <= ours.span.end <= len(text)


@pytest.mark.parametrize("parser", [None, PureParser])
@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a:\n  b: 1\n  # after\n\n# more\nc: 2\n", "a", "b: 1"),
        ("a:\n- 1\n- [2]\n# after\n", "a", "- 1\n- [2]"),
        ("a:\n  - 1\n\n", "a", "- 1"),
        ("a: |\n  one\n  two\n\n# after\nb: 1\n", "a", "|\n  one\n  two"),
        ("a: one\n  two\nb: 1\n", "a", "one\n  two"),
        ("a:\nb: 1\n", "a", ""),
        ("a: &x {b: 1}\nc: *x\n", "a", "{b: 1}"),
        ("a: &x\n  b: 1\n", "a", "b: 1"),
        ("a: !!str &x 12\n", "a", "12"),
        ("a: &x # comment\n  - 1\n", "a", "- 1"),
        ("a: {b: [1, 2], c: {}} # x\n", "a", "{b: [1, 2], c: {}}"),
        ("😀: 😀é # x\r\na: ü\r\n", "a", "ü"),
        ('b: "x\u2028y\u0085z"\na: 1\n', "a", "1"),
    ],
)
def test_spans_of_yaml(text: str, path: str, expected: str, parser: type | None) -> None:
    root, found = (
        yaml_tree.build(Source("a.yaml", text), parser=PureParser)
        if parser
        else yaml_tree.build(Source("a.yaml", text))
    )
    assert not found
    assert isinstance(root, Mapping)
    node = root.get(path)
    assert node is not None
    assert text_at(node.span) == expected
    assert text_at(root.key(path).span) == path


@pytest.mark.parametrize("text", ["a: @x\n", "a: %x\n", "a: `x\n"])
def test_a_character_that_starts_nothing_is_marked_alone(text: str) -> None:
    _, (found, *_) = yaml_tree.build(Source("a.yaml", text))
    assert (found.span.start, found.span.end) == (3, 4)
