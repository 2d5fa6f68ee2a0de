"""ECMAScript's regular expressions: read, searched for what runs away, printed for Python."""

from msgc.payloads.regex.backtracking import Slow
from msgc.payloads.regex.nodes import NotForPython
from msgc.payloads.regex.translation import slow_part, to_python

__all__ = ["NotForPython", "Slow", "slow_part", "to_python"]
