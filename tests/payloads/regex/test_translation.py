"""ECMAScript's patterns, as Python takes them."""

from __future__ import annotations

import re

import pytest

from msgc.payloads import violations
from msgc.payloads.regex import NotForPython, to_python
from msgc.payloads.regex.characters import complement, merged
from msgc.runtime.codec.patterns.categories import CATEGORIES, expanded, ranges_of
from msgc.runtime.codec.patterns.engines import pattern_of
from tests.payloads.regex.samples import NOT_ECMA, NOT_PYTHON, ORDINARY
from tests.payloads.schemas import shape_of


@pytest.mark.parametrize("pattern", ORDINARY)
def test_what_fits(pattern: str) -> None:
    good, bad = ORDINARY[pattern]
    found = pattern_of(to_python(pattern)).found
    assert found(good)
    assert not found(bad)


@pytest.mark.parametrize("pattern", [*NOT_ECMA, *NOT_PYTHON])
def test_what_is_refused(pattern: str) -> None:
    with pytest.raises(NotForPython) as raised:
        to_python(pattern)
    assert str(raised.value).startswith({**NOT_ECMA, **NOT_PYTHON}[pattern])


TEXTS = {
    # as schemas have it that were written for other languages
    r"(?i)^a[b-d]-\d{2}é$": r"^[aA][b-dB-D]-[0-9]{2}[éÉ]\Z",
    r"(?i)[^x]|[A-z]": r"[^xX]|[A-z]",
    r"\Aa\Z|b\z": r"^a\Z|b\Z",
    r"(?P<x>a)(?P=x)": r"(?P<x>a)(?:\1)",
    # what comes out is as near to what went in as it can be
    r"^[A-Za-z0-9._%+-]+@x\.de$": r"^[A-Za-z0-9._%+-]+@x\.de\Z",
    r"^\d+[\w.-]$": r"^[0-9]+[A-Za-z0-9_.-]\Z",
    r"[\s\S][^][\D\d]": r"[\s\S][\s\S][\s\S]",
    r"[]": r"[^\s\S]",
    r"[\W_]": "[^0-9A-Za-z]",
    r"[^\W_]": "[0-9A-Za-z]",
    r"[[&&~~\]^]": r"[\[&\&~\~\]\^]",
    r".": r"[^\n\r\u2028\u2029]",
    r"\bx\B": r"(?a:\b)x(?!(?a:\b))",
    r"(?<year>\d)\k<year>": r"(?P<year>[0-9])(?:\1)",
    r"(?<$x>a)": "(a)",
    r"(a)?\1": r"(a)?(?(1)\1)",
    r"\1(a)": "(?:)(a)",
    r"(a\1)": "(a(?:))",
    r"(?!(a))\1": "(?!(a))(?:)",
    r"(?:(a)|b\1)": "(?:(a)|b(?:))",
    r"(?<=^|a)": "(?:(?<=^)|(?<=a))",
    r"(?<!(?:^|a))": "(?<!^)(?<!a)",
    r"(?<=a|b)": "(?<=a|b)",
    r"\p{Letter}\P{L}[^\p{gc=Lu}_]": r"[\p{L}][\P{L}][^_\p{Lu}]",
    r"[_\p{L}]": r"[_\p{L}]",
    r"\P{ASCII}\p{Any}": "[^\\x00-\\x7f][\\s\\S]",
    r"{a}]}": r"\{a\}\]\}",
    r"\\p{2}": r"\\p{2}",
    r"[\\p{L}]": r"[\\p{L}]",
    r"a*?b{2,}?c{2}d{1,3}": "a*?b{2,}?c{2}d{1,3}",
    r"é\u00a0\ud83d": r"é\xa0\ud83d",
    r"[a-]": "[a-]",
    r"[ab-d]": "[ab-d]",
    r"(?:)*": "(?:)*",
}


@pytest.mark.parametrize("pattern", TEXTS)
def test_text(pattern: str) -> None:
    text = to_python(pattern)
    assert text == TEXTS[pattern]
    re.compile(expanded(text))


def test_categories_are_those_of_unicode() -> None:
    from unicodedata import category

    def within(low: int, high: int) -> set[str]:
        return set(map(category, map(chr, range(low, high + 1))))

    of_each = {name: ranges_of(name) for name in CATEGORIES}
    groups = [pair for name in "LMNPSZ" for pair in of_each[name]]
    assert of_each.pop("C") == complement(groups)
    named = [*groups]
    for name, ranges in of_each.items():
        if len(name) == 2 and name != "LC":
            named += ranges
            assert all(within(low, high) == {name} for low, high in ranges)
    assert all(within(low, high) <= {"Cn", "Co"} for low, high in complement(named))
    for name, ranges in of_each.items():
        parts = [of_each[part] for part in CATEGORIES[name]]
        assert ranges == tuple(sorted(pair for part in parts for pair in part))


@pytest.mark.parametrize("name", CATEGORIES)
def test_categories_in_patterns(name: str) -> None:
    within = merged(ranges_of(name))
    edges = {edge for low, high in within for edge in (low - 1, low, high, high + 1)}
    for sign in "pP":
        search = re.compile("[" + expanded(f"\\{sign}{{{name}}}") + "]").search
        for point in edges - {-1, 0x110000}:
            inside = any(low <= point <= high for low, high in within)
            assert (search(chr(point)) is not None) == (inside == (sign == "p"))


@pytest.mark.parametrize("word", ["", "not: {const: x}, "])
def test_a_text_that_is_too_long_is_not_looked_at(word: str) -> None:
    text = f"{{type: string, {word}maxLength: 3, pattern: '^[0-9]+$'}}"
    typed = shape_of(f"{{properties: {{a: {text}}}}}")
    ruled = shape_of(f"{{properties: {{a: {{anyOf: [{text}, {{type: string, const: y}}]}}}}}}")
    assert violations(typed, {"a": "123"}) == violations(ruled, {"a": "123"}) == ()
    for value in ("abcd", "1234"):
        (found,) = violations(typed, {"a": value})
        assert found.message == "expected at most 3 characters"
        assert violations(ruled, {"a": value})
    names = shape_of(
        "{type: object, propertyNames: {maxLength: 3, pattern: '^[a-z]+$'}, properties: {a: {}}}"
    )
    assert violations(names, {"abc": 1}) == ()
    assert violations(names, {"abcd": 1})
    assert violations(names, {"ABC": 1})
