"""Generated classes in pydantic's hands: in a model, a `TypeAdapter`, an endpoint of FastAPI.

pydantic takes any dataclass, but by the names and types of Python: it would read and write other
properties than the schema has, and check less. With this, payloads are what they are elsewhere.
Imported by pydantic's own call.
"""

from __future__ import annotations

import sys
from typing import Any

from .codec import decode, encode
from .objects import Field
from .violations import InvalidPayload


def schema_of(cls: type[Any], source: Any, handler: Any) -> Any:
    """Return what pydantic reads and writes a class by: its codec."""
    core: Any = sys.modules["pydantic_core"]  # which calls this
    schemas = core.core_schema

    def read(value: Any, _: Any) -> Any:
        if isinstance(value, cls):
            return value
        try:
            return decode(cls, value)
        except InvalidPayload as error:
            # Without the payload, which pydantic would quote.
            found: list[Any] = [
                {
                    "type": core.PydanticCustomError(
                        "invalid_payload", "{problem}", {"problem": each.message}
                    ),
                    "loc": each.path,
                    "input": None,
                }
                for each in error.violations
            ]
            name = cls.__name__
        raise core.ValidationError.from_exception_data(name, found, hide_input=True)

    # What refers to the class, as it may itself, means this, and not what is inside.
    inside = dict(handler.resolve_ref_schema(handler(source)))
    return schemas.no_info_wrap_validator_function(
        read,
        inside,
        ref=inside.pop("ref", None),
        serialization=schemas.plain_serializer_function_ser_schema(encode),
    )


def json_schema_of(cls: type[Any], schema: Any, handler: Any) -> Any:
    """Return the JSON schema that pydantic makes of the dataclass, with the names on the wire."""
    made: dict[str, Any] = handler(schema)
    described: dict[str, Any] = handler.resolve_ref_schema(made)
    codec = cls.__codec__
    properties: dict[str, Any] = described.get("properties", {})
    described["properties"] = {
        each.wire: _read(each, properties[each.name], handler)
        for each in codec.fields
        if each.name in properties
    }
    required = [each.wire for each in codec.fields if each.required]
    described.pop("required", None)
    if required:
        described["required"] = required
    if codec.rest is not None:
        kept: dict[str, Any] = properties.get(codec.rest[0], {})
        described["additionalProperties"] = kept.get("additionalProperties", True)
    return made


def _read(field: Field, schema: dict[str, Any], handler: Any) -> dict[str, Any]:
    """Return the schema of a property without what stands for its absence in Python."""
    takes_null = field.spec.admits_null()

    def is_absence(option: dict[str, Any]) -> bool:
        named = handler.resolve_ref_schema(option)
        if named.get("type") == "null":
            return not takes_null
        return bool(named.get("enum") == ["UNSET"])

    kept = {
        name: value
        for name, value in schema.items()
        if name != "default" or value not in (None, "UNSET")
    }
    if "anyOf" not in kept:
        return kept
    options = [each for each in kept.pop("anyOf") if not is_absence(each)]
    return kept | (options[0] if len(options) == 1 else {"anyOf": options})
