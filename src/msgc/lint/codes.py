"""What lint has to say: one code a rule, and one for a rule that crashed."""

from __future__ import annotations

from msgc.diagnostics import Room
from msgc.lint.registry import RULES

ROOM = Room(__file__)

RULE_CRASHED = ROOM.code("MSG901", "rule-crashed", "error")

CODES = (*(rule.code for rule in RULES), RULE_CRASHED)
