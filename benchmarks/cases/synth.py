"""`msgc synth` beside a CDK app that a person wrote for the same resources."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from installed import ROOT, Installed
from measure import Process, interleaved
from pair import Pair
from rows import Row

HANDWRITTEN = ROOT / "benchmarks" / "handwritten"
RUNS = 8
"""Of seconds each."""


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    example, python = installed.example("checkout"), installed.beside_cdk
    ours, theirs = installed.workspace("out-msgc"), installed.workspace("out-handwritten")
    processes = {
        "msgc": Process([python.parent / "msgc", "synth", example, "--output", ours], cwd=example),
        "handwritten": Process(
            [python, HANDWRITTEN / "app.py"],
            cwd=example,
            env=installed.node | {"CDK_OUTDIR": str(theirs)},
        ),
    }
    timings = interleaved(processes, RUNS)
    assert_same_resources(ours, theirs)
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


def against(pair: Pair) -> list[Row]:
    """Compare with another commit: the example's app with the stack that each of them generates.

    Both run in the environment of today's msgc, as neither app needs msgc.
    """
    python, node = pair.new.beside_cdk, pair.new.node

    def app(installed: Installed) -> Process:
        out = {"CDK_OUTDIR": str(installed.workspace("out"))}
        return Process([python, "app.py"], cwd=installed.example("checkout"), env=node | out)

    return pair.processes("synthesise the app of checkout", app, RUNS)


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
