"""Patterns and filters: their grammar in each dialect, and what they match.

`check_pattern(node, dialect)` is what AWS would say at deployment; `matches` and `matches_policy`
are what it does with messages, by the very code that generated packages carry.
"""

from msgc.patterns.dialect import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    SNS_ATTRIBUTES,
    SNS_BODY,
    SNS_FILTER,
    Dialect,
)
from msgc.patterns.grammar import check_pattern, check_size
from msgc.runtime.matching import matches, matches_policy

__all__ = [
    "DETAIL_FILTER", "EVENT_PATTERN", "LAMBDA_FILTER", "SNS_ATTRIBUTES", "SNS_BODY",
    "SNS_FILTER", "Dialect", "check_pattern", "check_size", "matches", "matches_policy",
]  # fmt: skip
