"""Plan, then apply: the only room that changes the disk."""

from msgc.output.apply import apply
from msgc.output.claims import check_claims
from msgc.output.create import create
from msgc.output.diff import diff
from msgc.output.plan import Change, Claim, Plan, plan

__all__ = ["Change", "Claim", "Plan", "apply", "check_claims", "create", "diff", "plan"]
