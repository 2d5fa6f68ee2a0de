"""JSON as text: read so that nobody can read it otherwise, written as SQS takes it."""

from __future__ import annotations

import json
import re
from typing import Any


class UnclearText(ValueError):
    """A text that is no JSON, or that two programs may read differently.

    It says what is wrong without quoting it: it is often personal.
    """


def parse(text: str | bytes) -> Any:
    """Return the value of a JSON text; raises `UnclearText`."""
    try:
        if not isinstance(text, str):
            text = text.decode()
        try:
            value, end = _first(text)
        except json.JSONDecodeError:
            return _parse(text)
        # White space around a value is rare, as is what is wrong.
        return value if end == len(text) else _parse(text)
    except UnclearText:
        raise
    except RecursionError:
        message = "nested too deeply"
    except UnicodeDecodeError:
        message = "no JSON: it isn't UTF-8"
    except json.JSONDecodeError as error:
        message = f"no JSON: {error}"
    except ValueError:  # of int(), which is quadratic in its digits
        message = "no clear JSON: a number has more digits than programs read"
    raise UnclearText(message)


def write(value: dict[str, Any]) -> str:
    """Return the JSON text of an object, compact.

    Text beyond ASCII stays as it is, being shorter, unless it has characters that SQS refuses:
    then they are escaped.
    """
    text = compact(value)
    return text if is_sendable(text) else _write_ascii(value)


def is_sendable(text: str) -> bool:
    """Whether it has none of the characters that SQS refuses."""
    return text.isascii() or not re.search("[\ud800-\udfff\ufffe\uffff]", text)


def _refused(constant: str) -> None:
    message = f"no JSON: {constant} is no number"
    raise UnclearText(message)


def _finite(digits: str) -> float:
    """Return a number: what is infinite for Python could not be written again."""
    number = float(digits)
    if number - number:
        message = "no clear JSON: a number is greater than programs read"
        raise UnclearText(message)
    return number


def _once(entries: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object: of two properties of one name, some programs take the first."""
    value = dict(entries)
    if len(value) < len(entries):
        message = "no clear JSON: an object has two properties of one name"
        raise UnclearText(message)
    return value


_decoder = json.JSONDecoder(
    parse_constant=_refused, parse_float=_finite, object_pairs_hook=_once
)
_parse, _first = _decoder.decode, _decoder.raw_decode
compact = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
_write_ascii = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode
