"""Validation by the package `jsonschema`, for schemas that this codec can't follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any

from ..checks import TOO_DEEP, Found, Place
from ..patterns.engines import pattern_of

_MOST = 20
"""Findings that are told of one payload."""


class JsonSchema:
    """A schema, with the documents that it refers into, which a whole payload must fit."""

    __slots__ = ("_documents", "_schema", "_validator")

    def __init__(self, schema: str, documents: Mapping[str, Any]) -> None:
        """`schema` is the address of the schema in `documents`, which are by address."""
        self._schema = schema
        self._documents = documents
        self._validator: Any = None

    def check(self, value: Any, place: Place, found: Found) -> None:
        """Add what is wrong with a payload; what is within it was looked at with the whole."""
        if place is not None:
            return
        if self._validator is None:
            self._validator = _validator(self._schema, self._documents)
        try:
            for error in islice(self._validator.iter_errors(value), _MOST):
                at: Place = None
                for step in error.absolute_path:
                    at = (at, step)
                found.append((at, _said(error.validator)))
        except RecursionError:
            found.append(TOO_DEEP)


def _said(keyword: str | None) -> str:
    return f"doesn't fit the schema's `{keyword}`" if keyword else "must not be there"


def _validator(schema: str, documents: Mapping[str, Any]) -> Any:
    try:
        validators = import_module("jsonschema.validators")
    except ModuleNotFoundError as error:
        message = (
            "the package `jsonschema` is missing, which checks messages whose schemas have"
            " a `$dynamicRef`: put it beside the code, or into a layer"
        )
        raise ModuleNotFoundError(message, name=error.name) from error
    dialect = import_module("referencing.jsonschema").DRAFT202012
    registry = import_module("jsonschema_specifications").REGISTRY.with_resources(
        (address, dialect.create_resource(document))
        for address, document in documents.items()
    )
    checked = validators.extend(
        validators.Draft202012Validator, {"pattern": _check_pattern}
    )
    return checked({"$ref": schema}, registry=registry)


def _check_pattern(
    validator: Any, pattern: str, value: Any, schema: Any
) -> Iterator[Any]:
    """Search in linear time, as the codec does."""
    if isinstance(value, str) and not _pattern(pattern).found(value):
        errors = import_module("jsonschema.exceptions")
        yield errors.ValidationError("doesn't match")


_pattern = lru_cache(maxsize=100)(pattern_of)
