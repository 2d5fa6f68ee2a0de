"""Makes Python of message schemas by msgc and by datamodel-code-generator; prints the figures.

Both start from schemas in files. msgc's share begins where these are loaded into trees that know
their lines, which is timed by itself; the other's reading of JSON is too fast to count.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from datamodel_code_generator import DataModelType, InputFileType, generate
from measure import answer, in_turn

from msgc import payloads, syntax
from msgc.emit.stubs.messages.classes import class_module
from msgc.resolve.messages.schemas import Schemas
from msgc.source import Disk
from msgc.topology.messages import Message
from msgc.tree import Node

SCHEMAS, TENTH = 1000, 100
BLOCKS = 15


def schema(number: int) -> str:
    """One of a thousand: three objects, a date, an enum, bounds."""
    return f"""{{
  "type": "object",
  "required": ["id", "at", "total", "customer", "items"],
  "properties": {{
    "id": {{"type": "string", "minLength": 1}},
    "at": {{"type": "string", "format": "date-time"}},
    "total": {{"type": "number", "minimum": 0}},
    "field_{number}": {{"type": "string"}},
    "customer": {{
      "type": "object",
      "required": ["tier"],
      "properties": {{"tier": {{"enum": ["basic", "gold"]}}}}
    }},
    "items": {{
      "type": "array",
      "items": {{"type": "object", "properties": {{"sku": {{"type": "string"}}}}}}
    }}
  }}
}}
"""


def load(files: list[Path]) -> list[tuple[str, Node]]:
    """Parse the files as `msgc validate` does."""
    found = []
    for file in files:
        node = syntax.load_node(str(file), Disk()).value
        if node is None:
            sys.exit(f"{file} can't be read")
        found.append((file.stem, node))
    return found


def by_msgc(schemas: list[tuple[str, Node]]) -> Callable[[], object]:
    def make() -> int:
        size = 0
        for name, node in schemas:
            path = node.span.source.path
            shape = payloads.read(node, name=name, path=path, load=Schemas(Disk(), path).load).value
            if shape is None:
                sys.exit(f"{name} was refused")
            message = Message(
                name=name,
                key=node.span,
                node=node,
                description="",
                payload=shape,
                schema=payloads.WrittenSchema(
                    document=payloads.Document(path=path, root=node), files={}
                ),
                type=name,
                source="com.example",
                sources=("com.example",),
                group_by=None,
                deduplicate_by=None,
                examples=(),
            )
            size += len(class_module(message))
        return size

    return make


def ten_times(make: Callable[[], object]) -> Callable[[], object]:
    return lambda: [make() for _ in range(10)]


def by_datamodel_code_generator(files: list[Path], folder: Path) -> Callable[[], object]:
    given = folder / "given"
    given.mkdir()
    for file in files:
        (given / file.name).write_bytes(file.read_bytes())

    def make() -> object:
        gc.enable()  # as its command runs; msgc's does without
        made = generate(
            given,
            input_file_type=InputFileType.JsonSchema,
            output=folder / "made",
            output_model_type=DataModelType.PydanticV2BaseModel,
        )
        gc.disable()
        return made

    return make


def main() -> None:
    gc.disable()  # as msgc's command does
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"Happened{i}.json" for i in range(SCHEMAS)]
        for i, file in enumerate(files):
            file.write_text(schema(i))
        schemas, texts = load(files), [file.read_text() for file in files]
        timings = in_turn(
            {
                "1000": by_msgc(schemas),
                # A block as long as the other's: the shorter is luckier.
                "ten hundreds": ten_times(by_msgc(schemas[:TENTH])),
                "load": lambda: load(files),
                "json.loads": lambda: [json.loads(text) for text in texts],
            },
            blocks=BLOCKS,
        )
        timings |= in_turn(
            {
                "msgc": by_msgc(schemas),
                # A tenth of them, which takes long enough.
                "other": by_datamodel_code_generator(files[:TENTH], folder),
            },
            blocks=12,  # of three seconds
        )
    answer(timings)


if __name__ == "__main__":
    main()
