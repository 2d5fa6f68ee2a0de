"""Plan, then apply: the only room that changes the disk."""

from msgc.output.apply import apply
from msgc.output.claims import check_claims
from msgc.output.create import create
from msgc.output.diff import diff
from msgc.output.lock import BusyError, locked
from msgc.output.overlaps import overlaps
from msgc.output.plan import Change, Claim, Place, Plan, plan

__all__ = [
    "BusyError", "Change", "Claim", "Place", "Plan", "apply", "check_claims", "create", "diff",
    "locked", "overlaps", "plan",
]  # fmt: skip
