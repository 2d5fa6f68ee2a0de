from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from msgc import output
from msgc.artifact import HASH, Artifact
from msgc.claims import Claim
from msgc.diagnostics import Outcome
from msgc.emit import outputs
from msgc.source import Source, Span

Planner = Callable[..., Outcome[output.Plan]]

SOURCE = Source("messaging.yaml", "stack: infra/stack\nstubs: src/pkg\n")
CLAIMS = (
    Claim(output=outputs.STACK, path="infra/stack", span=Span(SOURCE, 7, 18)),
    Claim(output=outputs.STUBS, path="src/pkg", span=Span(SOURCE, 26, 33)),
)

STACK = "infra/stack/__init__.py"
SERVICE = "checkout"
BANNER = HASH.begin(SERVICE)


def generated(text: str = "x = 1\n") -> str:
    return f"{BANNER}\n{text}"


@pytest.fixture
def planned(tmp_path: Path) -> Planner:
    """Plan files by their paths, in the folder of the test."""

    def plan(files: dict[str, str], claims: Iterable[Claim] = CLAIMS) -> Outcome[output.Plan]:
        artifacts = [Artifact(path=path, text=text) for path, text in files.items()]
        return output.plan(artifacts, claims, str(tmp_path), service=SERVICE)

    return plan
