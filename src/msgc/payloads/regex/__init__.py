"""ECMAScript's regular expressions: read, judged by how long they take, printed for the runtime."""

from msgc.payloads.regex.nodes import NotForPython
from msgc.payloads.regex.translation import Runaway, TooLarge, to_python, to_runtime

__all__ = ["NotForPython", "Runaway", "TooLarge", "to_python", "to_runtime"]
