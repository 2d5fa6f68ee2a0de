"""Generated stacks import what they use and nothing else, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cdk.synthesis import emitted, modules
from tests.cdk.templates import TOPOLOGIES
from tests.cdk.test_python_writer import ruff_leaves_alone

RETENTION = """\
version: 1
service: shop
messages: {A: {schema: {type: object}}}
queues: {jobs: {messages: [A], external: true, dead_letter: {retention: 4d}}}
producers: {web: {publishes: [{queue: jobs}]}}
"""


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_every_topology(case: str, tmp_path: Path) -> None:
    for text in modules(TOPOLOGIES[case]):
        ruff_leaves_alone(text, tmp_path)


def test_a_default_that_is_not_the_kits_is_said(tmp_path: Path) -> None:
    """Dead-letter queues keep messages for 14 days unless they are told otherwise."""
    (tmp_path / "messaging.yaml").write_text(RETENTION)
    text = emitted(tmp_path / "messaging.yaml")
    assert "retention=Duration.days(4)" in text
    ruff_leaves_alone(text, tmp_path)
