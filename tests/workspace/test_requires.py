"""Which versions of msgc a range allows, as `pip` has it."""

from __future__ import annotations

import pytest

from msgc.workspace.requires import allows


@pytest.mark.parametrize(
    ("requirement", "version", "allowed"),
    [
        ("~=1.2", "1.2.0", True),
        ("~=1.2", "1.9.3", True),
        ("~=1.2", "2.0.0", False),
        ("~=1.2", "1.1.9", False),
        ("~=1.2.3", "1.2.9", True),
        ("~=1.2.3", "1.3.0", False),
        ("~=1.0", "1", True),
        ("==1.2", "1.2.0", True),
        ("==1.2", "1.2.1", False),
        ("!=1.2", "1.2.0", False),
        (">=1.2, <2", "1.10", True),
        (">=1.2,<2", "2.0", False),
        (">1.2", "1.2.0", False),
        ("<=1.2", "1.2.0", True),
        (">=1.2", "1.2.0rc1", True),
        ("misspelt", "1.2.0", True),
    ],
)
def test_range(requirement: str, version: str, allowed: bool) -> None:  # noqa: FBT001
    assert allows(requirement, version) is allowed
