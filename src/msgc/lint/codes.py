"""The codes of lint: one for each rule, and one for a rule that crashed."""

from __future__ import annotations

from msgc.lint.registry import RULES
from msgc.lint.rule import RULE_CRASHED

CODES = (*(rule.code for rule in RULES), RULE_CRASHED)
