"""What a generated class reads it writes again: encode ∘ decode is the identity."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    MapShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.runtime.codec import codec
from msgc.runtime.codec.formats import format_of
from msgc.runtime.codec.unique import canonical
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.making import Maker
from tests.payloads.schemas import outcome_of


def same(shape: Shape, read: Any, written: Any) -> bool:  # noqa: PLR0911  # one a kind
    """Whether what was written is what was read, as JSON has it.

    But for properties that nobody declared, of an object that lets them pass; and for how a date, a
    UUID or a decimal was spelled, where these are types of their own.
    """
    match shape:
        case RefShape():
            return same(shape.target.alternatives or shape.target, read, written)
        case UnionShape():
            return any(same(option, read, written) for option in shape.options)
        case ObjectShape() if isinstance(read, dict) and isinstance(written, dict):
            return _same_object(shape, read, written)
        case MapShape() if isinstance(read, dict) and isinstance(written, dict):
            return read.keys() == written.keys() and all(
                same(shape.values, read[key], written[key]) for key in read
            )
        case ArrayShape() if isinstance(read, list) and isinstance(written, list):
            return len(read) == len(written) and all(
                same(shape.items, *pair) for pair in zip(read, written, strict=True)
            )
        case StringShape() if isinstance(read, str) and (shape.decimal or shape.own_type):
            form = format_of("decimal" if shape.decimal else str(shape.own_type))
            return bool(form.read(read) == form.read(written))
        case NumberShape(decimal=True) if type(read) is float:
            return repr(read) == repr(float(written))  # 1e300 is 10**300
        case _:
            return bool(canonical(read) == canonical(written))


def _same_object(shape: ObjectShape, read: dict[str, Any], written: dict[str, Any]) -> bool:
    fields = {field.wire: field for field in shape.fields}
    for key, value in read.items():
        if key in written:
            below = fields[key].shape if key in fields else _values(shape)
            if not same(below, value, written[key]):
                return False
        elif key in fields or shape.rest is not None or shape.closed:
            return False
    return written.keys() <= read.keys()


def _values(shape: ObjectShape) -> Shape:
    rest = shape.rest.shape if shape.rest else None
    return rest.values if isinstance(rest, MapShape) else AnyShape()


@given(seed=st.integers(0, 2**32))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_what_is_read_is_written(seed: int) -> None:
    # Choices that hypothesis itself draws, one by one, take ten times as long.
    maker = Maker(Random(seed), python=True)  # not for secrets
    schema = maker.message()
    outcome = outcome_of(json.dumps(schema, ensure_ascii=False))
    if outcome.value is None or any(d.is_error for d in outcome.diagnostics):
        event("refused")
        return
    with generated(outcome.value) as cls:
        for _ in range(6):
            value = maker.value(schema)
            try:
                message = codec.decode_text(cls, json.dumps(value))
            except InvalidPayload:
                event("invalid")
                continue
            event("valid")
            try:
                written = codec.encode(message)
            except InvalidPayload as error:
                message = f"{error}: {schema}, {value}"
                raise AssertionError(message) from error
            assert same(outcome.value, value, written), (schema, value, written)
            text = codec.encode_text(message)
            assert json.loads(text) == written, (schema, value)
            again = codec.decode_text(cls, text)
            assert again == message, (schema, value)
            assert codec.encode_text(again) == text, (schema, value)
