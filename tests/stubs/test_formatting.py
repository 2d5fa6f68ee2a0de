"""Generated classes are as the formatter would leave them, however long what they say is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from msgc.emit.stubs.messages.classes import class_module
from tests.payloads.generated import message_of
from tests.payloads.schemas import shape_of


def schema(length: int) -> dict[str, Any]:
    """A message with names and descriptions of a length."""
    name, text = "a" * length, "words " * (length // 6) + "x" * (length % 6)
    return {
        "type": "object",
        "description": text,
        "properties": {
            name: {"enum": [f"choice {i}" for i in range(8)]},
            "few": {"enum": ["x" * (length // 2), "y" * (length // 2)], "description": text},
            "of": {
                "type": "object",
                "description": f"{text}\n\n  - {text}",
                "properties": {"b": {}},
            },
        },
    }


def test_names_and_descriptions_that_fill_a_line(tmp_path: Path) -> None:
    for length in range(40, 100):
        module = class_module(message_of(shape_of(json.dumps(schema(length)))))
        (tmp_path / f"m{length}.py").write_text(module)
    for command in (["check", "--select", "E4,E7,E9,F,I"], ["format", "--check", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
