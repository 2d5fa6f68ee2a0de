"""`msgc validate` beside the imports it can't do without, and beside a schema check alone."""

from __future__ import annotations

from installed import ROOT, Installed
from measure import Process, interleaved
from rows import Row


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    installed.add("check-jsonschema")
    example = installed.example("checkout")
    schema = ROOT / "schemas" / "messaging.schema.json"
    timings = interleaved(
        {
            "msgc": Process([installed.msgc, "validate", example]),
            "imports": Process([installed.python, "-c", "import yaml, click, json"]),
            "check-jsonschema": Process(
                [
                    installed.bin / "check-jsonschema",
                    "--schemafile",
                    schema,
                    example / "messaging.yaml",
                ]
            ),
        }
    )
    ours = timings["msgc"]
    return [
        Row(
            what=f"validate checkout / {name}",
            ours=str(ours),
            theirs=str(timings[key]),
            figure=ours.minimum / timings[key].minimum,
            unit="x",
            bar=bar,
        )
        for name, key, bar in (
            ("import yaml, click, json", "imports", 2.0),
            ("check-jsonschema", "check-jsonschema", 0.35),
        )
    ]
