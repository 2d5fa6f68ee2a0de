"""Where messaging.schema.json is: in a wheel beside this module, in a checkout at the root."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from msgc.schema.shape import Shape, Shapes

_NAME = "messaging.schema.json"


def schema_text() -> str:
    """Return the JSON Schema of messaging.yaml, as editors read it."""
    here = Path(__file__).parent
    for folder in (here, here.parents[2] / "schemas"):
        try:
            return (folder / _NAME).read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
    message = f"{_NAME} is missing from the installation"
    raise FileNotFoundError(message)


@cache
def root_shape() -> Shape:
    """Return the shape of a whole file."""
    return Shapes(json.loads(schema_text())).root
