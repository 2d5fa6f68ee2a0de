"""Prints what it gets."""

from __future__ import annotations

from typing import Any


def handler(event: dict[str, Any], _: object) -> None:
    """Print the messages that a topic brings."""
    for record in event["Records"]:
        print("got", record["Sns"]["Message"])
