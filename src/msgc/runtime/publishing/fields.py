"""Message attributes, group ids and deduplication ids that are fields of the payload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..errors import RefusedError
from .texts import checked_token, checked_value
from .wire import Attributes, Wire

LARGEST = 1_000_000_000
DECIMALS = 5
"""Filter policies compare numbers up to ±10⁹, with five decimals:
https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html"""


class Attribute:
    """A message attribute, and the payload field it shows; a field that isn't there isn't sent."""

    __slots__ = ("name", "path", "type")

    def __init__(
        self, name: str, path: tuple[str, ...], type_: Literal["String", "Number"]
    ) -> None:
        self.name = name
        self.path = path
        self.type = type_


Path = tuple[str, ...]
Group = Path | tuple[Path, ...]
"""The field that is a message's group, or several, which are joined by `#`."""


class Given:
    """A message attribute whose value is no field of the payload; `values`: those it may have."""

    __slots__ = ("kind", "name", "values")

    def __init__(
        self,
        name: str,
        kind: Literal["string", "number", "integer", "boolean"],
        values: tuple[object, ...] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.values = values


class FieldWire(Wire):
    """How one type of message travels to one place: with fields of its payload beside it."""

    __slots__ = ("attributes", "deduplicate_by", "group_by", "others", "told")
    reads_payload = True

    def __init__(
        self,
        *,
        attributes: tuple[Attribute, ...] = (),
        group_by: Group | None = None,
        deduplicate_by: tuple[str, ...] | None = None,
        told: Mapping[str, str] | None = None,
        others: tuple[Given, ...] = (),
    ) -> None:
        self.attributes = attributes
        self.told = told or {}
        """Attributes that always have the same value: the type, under another name."""
        self.others = others
        self.group_by = group_by
        self.deduplicate_by = deduplicate_by

    def shown(self, payload: Mapping[str, Any]) -> Attributes:
        """Return the attributes that show fields of a payload."""
        out: Attributes = {
            name: {"DataType": "String", "StringValue": text}
            for name, text in self.told.items()
        }
        for attribute in self.attributes:
            value = _at(payload, attribute.path)
            if value is not None:
                text = _text(attribute, value)
                out[attribute.name] = {"DataType": attribute.type, "StringValue": text}
        return out

    def given(self, message: object, values: Mapping[str, object]) -> Attributes:
        """Return the attributes that aren't in the payload; None stands for one left out."""
        known = {each.name: each for each in self.others}
        others = {name: v for name, v in values.items() if name not in known}
        out = super().given(message, others)
        for name, each in known.items():
            value = values.get(name)
            if value is not None:
                out[name] = _as_attribute(message, each, value)
        return out

    def grouping(
        self,
        message: object,
        payload: Mapping[str, Any],
        *,
        fifo: bool,
        grouped: bool = False,
    ) -> dict[str, str]:
        """Return the parameters with a message's group, and where order counts its other id."""
        out: dict[str, str] = {}
        found = None if grouped else group(payload, self.group_by)
        if found is not None:
            out["MessageGroupId"] = found
        elif fifo and not grouped:
            written = "#".join(".".join(path) for path in paths_of(self.group_by))
            text = f"{type(message).__name__} has no `{written}`, which is its group"
            raise RefusedError(text)
        if fifo:
            deduplication = token(payload, self.deduplicate_by)
            if deduplication is not None:
                out["MessageDeduplicationId"] = deduplication
        return out


def paths_of(fields: Group | None) -> tuple[Path, ...]:
    """Return the fields of a group: one, or several."""
    if not fields:
        return ()
    paths = tuple(path for path in fields if isinstance(path, tuple))
    return paths or (tuple(step for step in fields if isinstance(step, str)),)


def group(payload: Mapping[str, Any], fields: Group | None) -> str | None:
    """Return a message's group; None if one of its fields isn't there or is empty."""
    paths = paths_of(fields)
    parts = [token(payload, path) for path in paths]
    texts = [part for part in parts if part is not None]
    if not texts or len(texts) < len(parts):
        return None
    return checked_token("#".join(texts), "#".join(".".join(path) for path in paths))


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
}


def _as_attribute(message: object, attribute: Given, value: object) -> dict[str, str]:
    """Return the value of an attribute as AWS takes it; refuse what it may not be."""
    fits = isinstance(value, _KINDS[attribute.kind]) and (
        attribute.kind == "boolean" or not isinstance(value, bool)
    )
    if not fits or (attribute.values and value not in attribute.values):
        listed = ", ".join(map(repr, attribute.values)) or f"a {attribute.kind}"
        text = (
            f"`{attribute.name}` of {type(message).__name__} is {listed}, not {value!r}"
        )
        raise RefusedError(text)
    if isinstance(value, str):
        return {
            "DataType": "String",
            "StringValue": checked_value(value, attribute.name),
        }
    if isinstance(value, bool):
        return {"DataType": "String", "StringValue": "true" if value else "false"}
    return {"DataType": "Number", "StringValue": _literal(value)}


def token(payload: Mapping[str, Any], path: tuple[str, ...] | None) -> str | None:
    """Return a group or deduplication id; None if there is no such field or it is empty."""
    value = _at(payload, path) if path else None
    if value is None or path is None:
        return None
    text = value if isinstance(value, str) else _literal(value)
    return checked_token(text, ".".join(path))


def _at(payload: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = payload
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value  # pyright: ignore[reportUnknownVariableType]


def _literal(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(attribute: Attribute, value: Any) -> str:
    if attribute.type == "Number":
        return f"{rounded(value):.{DECIMALS}f}".rstrip("0").rstrip(".")
    text = value if isinstance(value, str) else _literal(value)
    return checked_value(text, attribute.name)


def rounded(value: float) -> float:
    """Return the number that an attribute carries for a field, the nearest that filters compare.

    What is beyond ±10⁹ lies on the same side of every bound as the limit itself.
    """
    near = max(-LARGEST, min(LARGEST, value))
    return round(near, DECIMALS) + 0.0  # of which -0.0 is 0.0
