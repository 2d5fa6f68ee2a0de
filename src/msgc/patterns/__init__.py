"""Patterns and filters: their grammar in each dialect, and what they match.

`EventPattern` and `FilterPolicy` are patterns as a library: refused as AWS refuses them, and
matched by the very code that generated packages carry. `check_pattern(node, dialect)` is what AWS
would say at deployment, on the lines of a file.
"""

from __future__ import annotations

from msgc.patterns.compiled import EventPattern, FilterPolicy, PatternError
from msgc.patterns.dialect import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    PIPE_FILTER,
    SNS_ATTRIBUTES,
    SNS_BODY,
    SNS_FILTER,
    Dialect,
)
from msgc.patterns.explanation import Explanation
from msgc.patterns.grammar import check_pattern, check_size
from msgc.patterns.satisfiability import Satisfiability, satisfiability
from msgc.runtime.matching.matching import matches
from msgc.runtime.matching.policies import matches_policy

__all__ = [
    "DETAIL_FILTER", "EVENT_PATTERN", "LAMBDA_FILTER", "PIPE_FILTER", "SNS_ATTRIBUTES", "SNS_BODY",
    "SNS_FILTER", "Dialect", "EventPattern", "Explanation", "FilterPolicy", "PatternError",
    "Satisfiability", "check_pattern", "check_size", "matches", "matches_policy", "satisfiability",
]  # fmt: skip
