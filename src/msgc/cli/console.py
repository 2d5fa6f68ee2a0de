"""Print to stdout and stderr, with whatever a terminal would act on as visible text."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from msgc.visible import visible_json, visible_lines


def say(text: str, *, err: bool = False) -> None:
    """Print lines to stdout or stderr."""
    _echo(visible_lines(text), err=err)


def say_coloured(text: str, *, err: bool = False) -> None:
    """Print lines that have been made visible before they were coloured."""
    _echo(text, err=err, color=True)


def say_json(value: Any) -> None:
    """Print a value as JSON to stdout."""
    say_json_text(json.dumps(value, indent=2, ensure_ascii=False))


def say_json_text(text: str) -> None:
    """Print JSON to stdout, written so that it can be printed there."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_unicode = encoding.lower().replace("-", "") == "utf8"
    _echo(visible_json(text, ascii_only=not is_unicode))


def _echo(text: str, *, err: bool = False, color: bool = False) -> None:
    if color and os.name == "nt":
        import click  # noqa: PLC0415  # which translates colours for an older console

        click.echo(text, err=err, color=True)
        return
    stream = sys.stderr if err else sys.stdout
    if stream is not None:  # as where a program without a console runs this
        stream.write(f"{text}\n")
        stream.flush()
