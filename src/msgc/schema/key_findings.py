"""Findings about keys: unknown, reserved, missing or conflicting ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgc.diagnostics import Diagnostic, Label, did_you_mean, listing, nearest
from msgc.schema import codes
from msgc.schema.expected import Expected
from msgc.source import Span
from msgc.tree import Mapping, Node, Scalar

Fits = Callable[[Node, Expected], bool]
"""Whether nothing is wrong with a value."""


def unknown_key(
    key: Scalar, expected: Expected, node: Mapping, name: str, fits: Fits
) -> Diagnostic:
    """A key that the language doesn't have here, with what was probably meant.

    Nothing is advised that would be the next mistake: `fits` tells whether a value is right.
    """
    from msgc.schema import foreign_advice  # noqa: PLC0415  # only after a mistake
    from msgc.schema.misplaced_keys import Misplaced  # noqa: PLC0415  # likewise

    word = _folded(key.text)
    message = f"unknown key `{key.text}`" + (f" in `{name}`" if name else "")
    if word in expected.reserved:
        return reserved_key(key, expected.reserved[word])
    if word in expected.same:
        return codes.UNKNOWN_KEY.at(
            key.span, f"`{key.text}` is the same in every environment", help=_SAME
        )
    advice = foreign_advice.said(foreign_advice.ADVICE, expected.part, word)
    if expected.part == "consumer" and _polls(node):
        advice = foreign_advice.sentence(foreign_advice.POLLING, word) or advice
    advice = advice or _about_own_keys(key.text, expected)
    if advice is not None:
        return codes.UNKNOWN_KEY.at(key.span, message, help=advice)
    places = _places(key.text, expected)
    if not places:
        return codes.UNKNOWN_KEY.at(key.span, message, help=did_you_mean("", expected.keys))
    misplaced = Misplaced(key, expected, node, fits)
    offered = [misplaced.moved(tuple(place.split("."))) for place in places]
    best = next((one for one in offered if one.fits), offered[0])
    if best.reserved is not None:
        return codes.NOT_SUPPORTED_YET.at(
            key.span,
            f"`{key.text}` is not supported yet",
            help=f"its word will be `{best.word}`, reserved for {best.reserved}"
            + ("" if ";" in best.reserved else "; take it out for now"),
        )
    return codes.UNKNOWN_KEY.at(key.span, message, help=best.help, fix=best.fix, labels=best.labels)


_SAME = (
    "say it where the section itself stands: environments differ in numbers, names and addresses"
)


def _polls(node: Mapping) -> bool:
    origin = node.get("from")
    return isinstance(origin, Mapping) and "queue" in origin.entries


def key_meant(written: str, expected: Expected) -> str | None:
    """Return the key that has another name elsewhere, another spelling, or a slip in it."""
    places = _places(written, expected)
    return places[0].partition(".")[0] if places else None


def _places(written: str, expected: Expected) -> tuple[str, ...]:
    """Return where a word may belong, the likeliest place first."""
    from msgc.schema import foreign_words  # noqa: PLC0415  # only after a mistake

    word = _folded(written)
    if word in expected.keys:
        return (word,)
    if places := foreign_words.synonyms(expected.part, word):
        return places
    near = nearest(word, (*expected.keys, *expected.reserved))
    return (near,) if near is not None and _is_slip(word, near) else ()


def _folded(written: str) -> str:
    """Return a word in snake case: `visibilityTimeout` is `visibility_timeout`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written)
    return re.sub(r"[-_\s]+", "_", spaced).lower()


def _is_slip(word: str, meant: str) -> bool:
    """Whether two letters at most are other ones, or the end of the word is missing.

    `stages` isn't a slip for `messages`, nor `region` one for `version`.
    """
    if len(word) >= _SHORT and meant.startswith(word):
        return True
    return _distance(word, meant) <= (1 if len(meant) <= _SHORT else 2)


_SHORT = 4


def _distance(one: str, other: str) -> int:
    """Return how many letters are missing, added, others or changed places (Damerau, OSA)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _about_own_keys(written: str, expected: Expected) -> str | None:
    if re.match(r"[xX][-_.]", written) is None:
        return None
    own = f"x-{written[2:]}"
    if expected.child(own) is not None:
        return f"keys of your own start with `x-`: write `{own}`"
    return "keys of your own stand at the top of the file only"


def reserved_key(key: Scalar, purpose: str) -> Diagnostic:
    """A word that the language has kept for later."""
    return codes.NOT_SUPPORTED_YET.at(
        key.span,
        f"`{key.text}` is not supported yet",
        help=f"the word is reserved for {purpose}"
        + ("" if ";" in purpose else "; take it out for now"),
    )


def missing_key(place: Span, expected: Expected, name: str, required: str) -> Diagnostic:
    """A key that has no default."""
    child = expected.child(required)
    example = (child.example(required) if child is not None else None) or f"{required}: ..."
    owner = f"`{name}`" if name else "the file" if required in _TOP else "this item"
    return codes.MISSING_KEY.at(place, f"{owner} has no `{required}`", help=f"add `{example}`")


_TOP = ("version", "service")


def choice(place: Span, expected: Expected, name: str, chosen: list[Scalar]) -> Diagnostic:
    """Not exactly one of the keys between which one must choose."""
    options = listed(expected.one_of)
    if not chosen:
        example = expected.example(name)
        subject = f"`{name}`" if name else "an item"
        return codes.MISSING_KEY.at(
            place,
            f"{subject} needs one of {options}",
            help=f"for example `{example}`" if example else None,
        )
    first, second = chosen[0], chosen[1]
    return codes.CONFLICTING_KEYS.at(
        second.span,
        f"`{second.text}` and `{first.text}` can't stand together",
        help=f"keep one of {options}",
        labels=(Label(span=first.span, message="the other one"),),
    )


def nothing_of(place: Span, expected: Expected, name: str) -> Diagnostic:
    """None of the keys of which there must be one at least."""
    example = expected.example(name)
    return codes.MISSING_KEY.at(
        place,
        f"`{name}` needs one of {listed(expected.some_of)}",
        help=f"for example `{example}`" if example else None,
    )


def needs(key: Scalar, needed: tuple[str, ...], node: Mapping, expected: Expected) -> Diagnostic:
    """A key that means nothing without another."""
    others = (k for k, _ in node.items() if k.text in expected.one_of and k is not key)
    other = next(others, None)
    value = expected.child(needed[0])
    example = value.example(needed[0]) if value is not None else None
    advice = f"add {listed(needed)}" + (f", for example `{example}`" if example else "")
    if other is not None and expected.part.endswith("function"):
        advice = "settings of a function that isn't made here belong where it is made"
    elif other is not None and other.text == "worker":
        advice = (
            "a pipe asks a function: write `function` in place of `worker`"
            if key.text == "answers"
            else f"the worker's own code says how it reads its queue: take `{key.text}` away"
        )
    elif other is not None:
        advice = f"what `{other.text}` names has its own: take `{key.text}` away"
    is_mutual = all(key.text in expected.needs.get(name, ()) for name in needed)
    return codes.CONFLICTING_KEYS.at(
        key.span,
        f"`{key.text}` needs {listed(needed)} beside it"
        if is_mutual
        else f"`{key.text}` only goes with {listed(needed)}",
        help=advice,
        labels=(Label(span=other.span, message=f"this one has `{other.text}`"),) if other else (),
    )


def excludes(key: Scalar, other: Scalar, expected: Expected) -> Diagnostic:
    """Two keys of which only one may be there."""
    value = expected.child(other.text)
    names_something = value is not None and value.part in {"reference", "placeReference"}
    return codes.CONFLICTING_KEYS.at(
        key.span,
        f"`{key.text}` can't stand beside `{other.text}`",
        help=f"set `{key.text}` at what `{other.text}` names"
        if names_something
        else "keep one of them",
        labels=(Label(span=other.span, message=f"`{other.text}` is here"),),
    )


def listed(names: tuple[str, ...]) -> str:
    """Return names as a choice: `a`, `b` or `c`."""
    return listing([f"`{name}`" for name in names], "or")
