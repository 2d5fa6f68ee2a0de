"""JSON-Schema-Test-Suite, each group of it as a property of a message.

It lies in the source distribution of `jsonschema`, which `dev.py` fetches; nothing of it is kept
here.
"""

from __future__ import annotations

import json
import os
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

from msgc.diagnostics import Outcome
from msgc.payloads.documents import Catalog
from msgc.payloads.model import ObjectShape
from msgc.payloads.vocabulary import CHECKED_FORMATS
from msgc.record import Record
from tests.payloads.schemas import outcome_of

CHECKOUT = Path(__file__).parents[2]

MESSAGE = {
    "type": "object",
    "required": ["value"],
    "properties": {"value": {"$ref": "schema.json"}},
}
"""The group's schema is a file of its own, so that `#` in it means what it means there."""


NOTED = frozenset(f"format.json: {name} format" for name in CHECKED_FORMATS)
"""Groups in which the suite takes a `format` for a note that msgc checks."""


OWN_VOCABULARY = ("vocabulary.json: schema that uses custom metaschema", "format-assertion.json")
"""Groups of dialects of one's own, in which other words count."""


class Group(Record):
    """A schema, and values with the suite's own verdict."""

    place: str
    """`allOf.json: allOf with base schema`."""
    schema: Any
    tests: tuple[tuple[Any, bool], ...]

    def read(self) -> Outcome[ObjectShape]:
        """Return the message whose property `value` has the schema."""
        files = {"api/schema.json": json.dumps(self.schema), **remotes()}
        return outcome_of(json.dumps(MESSAGE), files, catalog=Catalog(find=_served))

    def alone(self) -> Outcome[ObjectShape]:
        """Return the same, where no schemas of the suite's web server are at hand."""
        return outcome_of(json.dumps(MESSAGE), {"api/schema.json": json.dumps(self.schema)})


@cache
def groups(folder: str = "", draft: str = "draft2020-12") -> tuple[Group, ...]:
    """The groups of a folder of a draft; `optional` has what need not hold everywhere."""
    out: list[Group] = []
    with tarfile.open(_archive()) as archive:
        for member in archive:
            _, _, path = member.name.partition(f"/json/tests/{draft}/")
            above, _, file = path.rpartition("/")
            content = archive.extractfile(member) if file and above == folder else None
            if content is not None:
                out += [
                    Group(
                        place=f"{file}: {group['description']}",
                        schema=in_draft(group["schema"], draft),
                        tests=tuple((test["data"], test["valid"]) for test in group["tests"]),
                    )
                    for group in json.load(content)
                ]
    return tuple(out)


SCHEMA_OF = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
"""What a schema says in `$schema`, by the folder of the suite."""


@cache
def remotes() -> dict[str, str]:
    """What the suite's web server serves, by path: schemas that are found as by their `$id`."""
    out: dict[str, str] = {}
    with tarfile.open(_archive()) as archive:
        for member in archive:
            _, _, path = member.name.partition("/json/remotes/")
            content = archive.extractfile(member) if path.endswith(".json") else None
            if content is not None:
                schema = json.load(content)
                draft = path.partition("/")[0]
                told = in_draft(schema, draft) if draft in SCHEMA_OF else schema
                out[f"remotes/{path}"] = json.dumps(told)
    return out


def _served(address: str) -> tuple[str, ...]:
    _, _, path = address.partition("http://localhost:1234/")
    return (f"remotes/{path}",) if f"remotes/{path}" in remotes() else ()


def in_draft(schema: Any, draft: str) -> Any:
    """The schema, saying its draft: up to 2019 the suite leaves it to whoever runs it."""
    if isinstance(schema, dict) and "$schema" not in schema:
        return {"$schema": SCHEMA_OF[draft], **schema}
    return schema


def _archive() -> Path:
    """Return where the suite is; that it is nowhere is a failure, never a skipped test."""
    given = os.environ.get("MSGC_SUITE")
    fetched = sorted((CHECKOUT / ".cache" / "suite").glob("jsonschema-*.tar.gz"))
    path = Path(given) if given else fetched[-1] if fetched else None
    if path is None or not path.is_file():
        message = (
            "no JSON-Schema-Test-Suite: `python3 dev.py fast` fetches it, or set MSGC_SUITE to a"
            " source distribution of jsonschema"
        )
        raise RuntimeError(message)
    return path
