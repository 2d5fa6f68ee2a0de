"""Where messaging.schema.json is: in a wheel beside this module, in a checkout at the root."""

from __future__ import annotations

import json
import os
from functools import cache

from msgc.schema.expected import Expectations, Expected

_NAME = "messaging.schema.json"


def schema_text() -> str:
    """Return the JSON Schema of messaging.yaml, as editors read it."""
    here = os.path.dirname(__file__)
    for folder in (here, os.path.join(here, "..", "..", "..", "schemas")):
        try:
            with open(os.path.join(folder, _NAME), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            continue
    message = f"{_NAME} is missing from the installation"
    raise FileNotFoundError(message)


@cache
def expected_of_file() -> Expected:
    """Return what is expected of a whole file."""
    return Expectations(json.loads(schema_text())).root
