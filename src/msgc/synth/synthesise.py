"""Synthesise a cloud assembly from a generated stack, in a process of its own."""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgc.diagnostics import Diagnostic, Outcome
from msgc.emit.cdk import emit_stack
from msgc.emit.outputs import STACK
from msgc.links.model import Links
from msgc.record import Record
from msgc.source import Span
from msgc.stack import Stack, plan
from msgc.stack.placement.parts import in_order, parts
from msgc.synth import codes
from msgc.synth.child import Ended, run
from msgc.synth.node import OLDEST, node_environment
from msgc.synth.provided import importers, provided
from msgc.synth.validation_report import FILE, findings
from msgc.synth.written_at import override_at
from msgc.topology.model import Topology
from msgc.topology.placement import argument, construct

LOG = "synth.log"
_NEEDED = ("aws_cdk", "constructs", "jsii")


class Assembly(Record):
    """A cloud assembly on the disk: what `cdk deploy --app FOLDER` takes."""

    folder: Path
    stacks: tuple[str, ...]
    """The names of the stacks in it: those of each environment, as they are deployed."""

    @property
    def template(self) -> Path:
        """The CloudFormation template, of the first stack."""
        return self.folder / f"{self.stacks[0]}.template.json"


def synthesise(
    variants: tuple[Links, ...],
    folder: Path,
    outdir: Path | None = None,
    timeout: float = 600,
    environment: str | None = None,
) -> Outcome[Assembly]:
    """Synthesise the stack that was built into `folder`, the folder of messaging.yaml.

    `variants` are its links in each environment; `environment` names one of them, None is all.

    The assembly is written to `outdir` (`cdk.out` in `folder`). The stack is run as it stands on
    the disk; if it isn't what the topology says, that is a warning.
    """
    topology = variants[0].topology
    span = _span(topology)
    stack = folder / topology.build.path(STACK) / "__init__.py"
    out = (outdir or folder / "cdk.out").absolute()
    variables = _environment(span)
    if variables.value is None:
        return Outcome(None, variables.diagnostics)
    if not stack.is_file():
        missing = f"there is no stack at `{topology.build.path(STACK)}`"
        return Outcome(None, (codes.STACK_MISSING.at(span, missing, help="run `msgc build`"),))

    found = list(_stale(variants, folder, span))
    stacks = [part for each in variants for part in in_order(parts(plan(each.topology, each)))]
    chosen = [_request(each) for each in stacks if environment in (None, each.environment)]
    if given := dict.fromkeys(argument for one in chosen for argument in one["provided"]):
        found.append(_placeholders(tuple(given), span))
    (out / FILE).unlink(missing_ok=True)
    request = {"stack": str(stack.absolute()), "outdir": str(out)}
    runner = str(Path(__file__).with_name("runner.py"))
    # -P: the folder of the runner is no place to import from
    command = [
        sys.executable,
        "-P",
        runner,
        json.dumps(request | {"stacks": chosen, "kinds": importers()}),
    ]
    ended = run(command, variables.value, timeout)
    found += findings(out, span, stacks)
    if ended.code != 0:
        reported = any(d.is_error for d in found)
        where = override_at(ended.output, stacks) or span
        found += _failure(ended, out, where, timeout, reported=reported)
        return Outcome(None, tuple(found))
    made = tuple(each["name"] for each in chosen)
    return Outcome(Assembly(folder=out, stacks=made), tuple(found))


def _request(stack: Stack) -> dict[str, Any]:
    """Return what the child is told of a stack."""
    service, environment = stack.links.topology.service, stack.environment

    def name(other: str) -> str:
        return f"{construct(service, other)}{f'-{environment}' if environment else ''}"

    return {
        "name": name(stack.name),
        "construct": construct(service, stack.name),
        "environment": environment,
        "after": {argument(other): name(other) for other in stack.after},
        "provided": provided(stack),
    }


def _span(topology: Topology) -> Span:
    """Return the place that findings about the stack have: where it is named, or the service."""
    build = topology.root.get("build")
    node = build if build is not None else topology.root.get("service")
    return (node or topology.root).span


def _environment(span: Span) -> Outcome[dict[str, str]]:
    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        message = f"synthesising needs the AWS CDK, and `{absent[0]}` isn't installed"
        help_ = 'run `pip install "msgc[cdk]"`, which brings Node as well'
        return Outcome(None, (codes.CDK_MISSING.at(span, message, help=help_),))
    node = node_environment(os.environ)
    if node is None:
        message = f"the AWS CDK needs Node {OLDEST} or newer, and there is none"
        help_ = 'run `pip install "msgc[cdk]"`, which brings one'
        return Outcome(None, (codes.NODE_MISSING.at(span, message, help=help_),))
    return Outcome({**os.environ, **node})


def _stale(variants: tuple[Links, ...], folder: Path, span: Span) -> tuple[Diagnostic, ...]:
    """Return a warning if a file of the stack isn't what a build would write."""
    for artifact in emit_stack(variants):
        file = folder / artifact.path
        written = file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else None
        if written != artifact.text.encode():
            message = f"`{artifact.path}` isn't what this file says now"
            return (codes.STACK_OUT_OF_DATE.at(span, message, help="run `msgc build`"),)
    return ()


def _placeholders(arguments: tuple[str, ...], span: Span) -> Diagnostic:
    listed = ", ".join(f"`{argument}`" for argument in arguments)
    return codes.PLACEHOLDERS.at(
        span,
        f"placeholders stand for what your own app provides: {listed}",
        help="look at this template, but deploy your own app",
    )


def _failure(
    ended: Ended, out: Path, span: Span, timeout: float, *, reported: bool
) -> tuple[Diagnostic, ...]:
    """Return why the child failed, unless CDK's report says so already."""
    if ended.code is None:
        message = f"synthesising took longer than {timeout:g} seconds and was stopped"
        help_ = "look for a function whose `code` is a folder with much more than its handler"
        return (codes.SYNTH_TIMEOUT.at(span, message, help=help_),)
    if reported:
        return ()
    out.mkdir(parents=True, exist_ok=True)
    log = out / LOG
    log.write_text(ended.output, "utf-8")
    help_ = f"the whole error is in `{log}`"
    message = f"the stack failed: {_reason(ended.output)}"
    return (codes.STACK_FAILED.at(span, message, help=help_),)


def _reason(output: str) -> str:
    """Return the last line of a traceback: the exception and what it says."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = lines[-1] if lines else "it said nothing"
    return said if len(said) <= 500 else f"{said[:499]}…"
