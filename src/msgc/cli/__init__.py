"""The door: one module a command, loaded lazily; options, echo, exit codes."""

from msgc.cli.main import main

__all__ = ["main"]
