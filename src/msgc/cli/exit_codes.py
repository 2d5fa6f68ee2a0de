"""The exit codes of `msgc`."""

CLEAN = 0
FAILED = 1
"""An error, or output that is out of date; with `--strict`, a warning too."""
WRONG_USAGE = 2
"""Click's own."""
BUG = 3
INTERRUPTED = 130
"""128 and SIGINT, as shells count."""
