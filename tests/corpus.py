"""Comparing what is said with what is kept beside a case, and keeping it anew."""

from __future__ import annotations

from pathlib import Path

import pytest


def compare(text: str, expected: Path, config: pytest.Config) -> None:
    """Assert that a text is, to the byte, what stands in a file; `--regenerate` writes it first."""
    if config.getoption("--regenerate"):
        expected.write_bytes(text.encode())
    assert text == expected.read_bytes().decode()
