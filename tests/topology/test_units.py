from __future__ import annotations

import pytest

from msgc.topology.units import duration, size


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"), (1, "1s"), (60, "1m"), (90, "90s"), (180, "3m"), (3600, "1h"), (5400, "90m"),
        (86_400, "1d"), (90_000, "25h"), (1_209_600, "14d"),
    ],
)  # fmt: skip
def test_durations_are_told_in_their_largest_unit(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1KiB"), (1025, "1025 bytes"),
        (262_144, "256KiB"), (1_048_576, "1MiB"), (1_572_864, "1536KiB"), (5_242_880, "5MiB"),
    ],
)  # fmt: skip
def test_sizes_are_told_in_their_largest_unit(count: int, text: str) -> None:
    assert size(count) == text
