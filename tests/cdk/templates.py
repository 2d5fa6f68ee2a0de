"""Synthesises every topology of the tests and examples in one CDK app, each in a stack of its own.

The functions' code doesn't matter to a template but for the hash of the asset, which is left out.
Of a service with several stacks, their templates are laid together: no id is in two of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from msgc.emit.outputs import STACK, STUBS
from msgc.links.model import Links
from msgc.stack import plan
from msgc.stack.placement.parts import in_order, parts
from msgc.synth.provided import provided
from msgc.topology.placement import MAIN, argument, construct
from msgc.topology.settings import MadeFunction
from tests.assembly import ROOT, example, synthesised
from tests.cdk.given import write_given
from tests.cdk.synthesis import STACKS, InEnvironment, built, in_each, write_stack

_CASES = ROOT / "tests" / "cases" / "ok"
_WHOLE = ROOT / "tests" / "cases" / "topologies"

IN_PARTS = "large"
"""The example whose file has parts, and that lies in two stacks."""

_FILES: dict[str, Path] = {
    **{p.parent.name: p for p in sorted((ROOT / "examples").glob("*/messaging.yaml"))},
    **{
        f"multi-team-{p.parent.name}": p
        for p in sorted((ROOT / "examples/multi-team").glob("*/messaging.yaml"))
    },
    **{f"ok-{p.parent.name}": p for p in sorted(_CASES.glob("*/messaging.yaml"))},
    **{f"topology-{p.parent.name}": p for p in sorted(_WHOLE.glob("*/messaging.yaml"))},
    **{f"stack-{p.stem}": p for p in sorted(STACKS.glob("*.yaml"))},
}


def in_environments(files: dict[str, Path]) -> dict[str, Path | InEnvironment]:
    """Those that have environments in each of these, under names that end in theirs."""
    found: dict[str, Path | InEnvironment] = {}
    for case, path in files.items():
        environments = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).get("environments")
        if environments:
            found |= {f"{case}-{name}": InEnvironment(path, name) for name in environments}
        else:
            found[case] = path
    return found


TOPOLOGIES: dict[str, Path | InEnvironment] = in_environments(_FILES)
"""Every file that a template is kept of, by the name of that template; in each environment one."""

_APP = """\
import importlib.util
import json
import sys
from pathlib import Path

from aws_cdk import App, Stack
from given import give

app = App()
cases = json.loads(Path("cases.json").read_text())

for case, folder, path, stacks, environment in cases:
    name = case.replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, Path(folder, path, "__init__.py").resolve())
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kinds = {kind for _, _, given, _ in stacks for kind in given.values()}
    others = Stack(app, f"{case}-given") if kinds - {"input"} else None
    made, handed_over = {}, {}
    for stack, construct, given, after in stacks:
        for argument, kind in given.items():
            if argument not in handed_over:
                handed_over[argument] = give(others, argument, kind, name)
        own = {"environment": environment, "env": None} if environment else {}
        own |= {argument: made[other].messaging for argument, other in after.items()}
        own |= {argument: handed_over[argument] for argument in given}
        made[stack] = getattr(module, f"{construct}Stack")(app, stack, **own)
app.synth()
"""


def write_project(folder: Path) -> None:
    """Write an app with all topologies, each in a folder of its own with the code it needs."""
    listed = []
    for case, file in TOPOLOGIES.items():
        if case == IN_PARTS:
            continue  # its own app synthesises it
        topology, links = built(file)
        own = case
        variants: tuple[Links, ...] = (links,)
        if isinstance(file, InEnvironment):
            own = case.removesuffix(f"-{file.environment}")
            variants = in_each(file.path)
        write_stack(folder / own, topology, *variants)
        _write(folder / own / topology.build.path(STUBS) / "__init__.py", "")
        for consumer in topology.consumers.values():
            if isinstance(consumer.function, MadeFunction):
                _write(folder / own / consumer.function.code / "app.py", "handler = print\n")
        stacks = [
            (
                _called(case, stack.name),
                construct(topology.service, stack.name),
                provided(stack),
                {argument(other): _called(case, other) for other in stack.after},
            )
            for stack in in_order(parts(plan(topology, links)))
        ]
        environment = topology.environment_name
        listed.append((case, own, topology.build.path(STACK), stacks, environment))
    _write(folder / "cases.json", json.dumps(listed))
    write_given(folder)
    _write(folder / "app.py", _APP)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def templates(scratch: Path) -> dict[str, dict[str, Any]]:
    """Synthesise everything below an empty folder; return the templates, without asset hashes."""
    project = scratch / "cdk-templates"
    project.mkdir()
    write_project(project)
    assembly = synthesised(project)
    own = {case: _together(case, assembly) for case in TOPOLOGIES if case != IN_PARTS}
    return {**own, IN_PARTS: _laid_together(sorted(example(IN_PARTS).glob("*.template.json")))}


def _called(case: str, stack: str) -> str:
    return case if stack == MAIN else f"{case}--{stack}"


def _together(case: str, assembly: Path) -> dict[str, Any]:
    """Read the template of a case, and lay those of its other stacks over it."""
    stacks = parts(plan(*built(TOPOLOGIES[case])))
    return _laid_together(
        [assembly / f"{_called(case, stack.name)}.template.json" for stack in stacks]
    )


def _laid_together(files: Sequence[Path]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in files:
        own = template(file)
        assert found.get("Resources", {}).keys().isdisjoint(own["Resources"])
        found = {
            part: found.get(part, {}) | content if isinstance(content, dict) else content
            for part, content in {**found, **own}.items()
        }
    return found


def template(path: Path) -> dict[str, Any]:
    """Read a template, without what the hash of an asset or CDK's version decides."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "ASSET", path.read_text("utf-8"))
    found: dict[str, Any] = json.loads(text)
    return found
