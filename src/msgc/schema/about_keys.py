"""The words in which mistakes about keys are told: unknown, reserved, missing, ill-matched."""

from __future__ import annotations

import re

from msgc.diagnostics import Diagnostic, Edit, Label, did_you_mean, listing, nearest
from msgc.schema import codes
from msgc.schema.shape import Shape
from msgc.source import Span
from msgc.tree import Mapping, Scalar


def unknown_key(key: Scalar, shape: Shape, node: Mapping, name: str) -> Diagnostic:
    """A key that the language doesn't have here, with the one that was probably meant."""
    message = f"unknown key `{key.text}`" + (f" in `{name}`" if name else "")
    target = key_meant(key.text, shape)
    if target in shape.reserved:
        return reserved_key(key, shape.reserved[target])
    if target is not None and target in node.entries:
        return codes.UNKNOWN_KEY.at(
            key.span,
            message,
            help=f"`{target}` says this, and it is there already; take this one out",
            labels=(Label(span=node.key(target).span, message="already here"),),
        )
    if target is not None:
        fix = (Edit(span=key.span, text=target),) if target in shape.keys else ()
        return codes.UNKNOWN_KEY.at(key.span, message, help=f"did you mean `{target}`?", fix=fix)
    return codes.UNKNOWN_KEY.at(key.span, message, help=did_you_mean(key.text, shape.keys))


def key_meant(written: str, shape: Shape) -> str | None:
    """Return the key that has another name elsewhere, another spelling, or a slip in it."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written)
    folded = re.sub(r"[-_\s]+", "_", spaced).lower()
    if folded in shape.keys:
        return folded
    for name in (written, folded):
        if name in shape.synonyms:
            return shape.synonyms[name]
    return nearest(folded, shape.keys)


def reserved_key(key: Scalar, purpose: str) -> Diagnostic:
    """A word that the language has kept for later."""
    return codes.NOT_SUPPORTED_YET.at(
        key.span,
        f"`{key.text}` is not supported yet",
        help=f"the word is reserved for {purpose}"
        + ("" if ";" in purpose else "; take it out for now"),
    )


def missing_key(place: Span, shape: Shape, name: str, required: str) -> Diagnostic:
    """A key that has no default."""
    child = shape.child(required)
    example = (child.example(required) if child is not None else None) or f"{required}: ..."
    owner = f"`{name}`" if name else "the file" if required in _TOP else "this item"
    return codes.MISSING_KEY.at(place, f"{owner} has no `{required}`", help=f"add `{example}`")


_TOP = ("version", "service")


def choice(place: Span, shape: Shape, name: str, chosen: list[Scalar]) -> Diagnostic:
    """Not exactly one of the keys between which one must choose."""
    options = listed(shape.one_of)
    if not chosen:
        example = shape.example(name)
        return codes.MISSING_KEY.at(
            place,
            f"`{name}` needs one of {options}",
            help=f"for example `{example}`" if example else None,
        )
    first, second = chosen[0], chosen[1]
    return codes.CONFLICTING_KEYS.at(
        second.span,
        f"`{second.text}` and `{first.text}` can't stand together",
        help=f"keep one of {options}",
        labels=(Label(span=first.span, message="the other one"),),
    )


def needs(key: Scalar, needed: tuple[str, ...], node: Mapping, shape: Shape) -> Diagnostic:
    """A key that means nothing without another."""
    other = next((k for k, _ in node.items() if k.text in shape.one_of), None)
    return codes.CONFLICTING_KEYS.at(
        key.span,
        f"`{key.text}` only goes with {listed(needed)}",
        help="settings of a function that isn't made here belong where it is made"
        if other is not None
        else f"add {listed(needed)}",
        labels=(Label(span=other.span, message=f"this one has `{other.text}`"),) if other else (),
    )


def excludes(key: Scalar, other: Scalar, node: Mapping) -> Diagnostic:
    """Two keys of which only one may be there."""
    value = node.get(other.text)
    names_something = isinstance(value, Scalar) and isinstance(value.value, str)
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
