"""`msgc validate` beside the imports it can't do without, and beside a schema check alone."""

from __future__ import annotations

import shutil
from functools import partial

from installed import ROOT, Installed
from large_service import bus, write
from measure import Process, interleaved
from pair import Pair
from rows import Row

# A service may not have more than 500 CloudFormation resources; here it is about the compiler.
NO_LIMIT = {"MSGC_RESOURCE_LIMIT": "off"}


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    installed.add("check-jsonschema")
    timings = interleaved(
        {
            "msgc": checkout(installed),
            "bus": full_bus(installed),
            "four": environments(installed, "dev", "test", "acceptance", "prod"),
            "one": environments(installed, "prod"),
            "imports": imports(installed),
            "check-jsonschema": Process(
                [
                    installed.bin / "check-jsonschema",
                    "--schemafile",
                    ROOT / "schemas" / "messaging.schema.json",
                    installed.example("checkout") / "messaging.yaml",
                ]
            ),
        }
    )
    return [
        Row(
            what=f"{what} / {beside}",
            ours=str(timings[ours]),
            theirs=str(timings[theirs]),
            figure=timings[ours].minimum / timings[theirs].minimum,
            unit="x",
            bar=bar,
        )
        for what, ours, beside, theirs, bar in (
            ("validate checkout", "msgc", "import yaml, click, json", "imports", 2.0),
            ("validate checkout", "msgc", "check-jsonschema", "check-jsonschema", 0.35),
            ("validate a bus of 300 rules", "bus", "import yaml, click, json", "imports", 5),
            ("validate in four environments", "four", "one", "one", 1.5),
        )
    ]


def against(pair: Pair) -> list[Row]:
    """Compare with another commit."""
    return [
        *pair.processes("validate checkout", checkout),
        *pair.processes("validate a bus of 300 rules and 200 messages", full_bus),
        *pair.processes("validate 1,000 declared resources", partial(large, resources=1000)),
    ]


def imports(installed: Installed) -> Process:
    """The least that any command of msgc has to do."""
    return Process([installed.python, "-c", "import yaml, click, json"])


def checkout(installed: Installed) -> Process:
    """Validate examples/checkout."""
    return Process([installed.msgc, "validate", installed.example("checkout")])


def environments(installed: Installed, *names: str) -> Process:
    """Validate examples/checkout in environments, without the inventory of what has none."""
    folder = installed.workspace(f"checkout-{len(names)}")
    shutil.copytree(installed.example("checkout"), folder, dirs_exist_ok=True)
    (folder / "messaging.inventory").unlink()
    with (folder / "messaging.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nenvironments: {{{', '.join(f'{name}: {{}}' for name in names)}}}\n")
    return Process([installed.msgc, "validate", folder])


def full_bus(installed: Installed) -> Process:
    """Validate a bus with as many rules as AWS lets it have."""
    folder = installed.workspace("bus")
    (folder / "messaging.yaml").write_text(bus(300, 200))
    return Process([installed.msgc, "validate", folder], env=NO_LIMIT)


def large(installed: Installed, resources: int) -> Process:
    """Validate a large service."""
    folder = installed.workspace("large")
    write(resources, resources // 10, folder)
    return Process([installed.msgc, "validate", folder], env=NO_LIMIT)
