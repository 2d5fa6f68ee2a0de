"""Plan, then apply: the only room that changes the disk."""

from msgc.output.apply import apply
from msgc.output.beside import beside
from msgc.output.create import create
from msgc.output.diff import diff
from msgc.output.lock import BusyError, locked
from msgc.output.overlapping_outputs import Owned, overlapping_claims
from msgc.output.plan import Change, Place, Plan, refreshed
from msgc.output.planner import SharedFiles, plan, unchanged, written

__all__ = [
    "BusyError",
    "Change",
    "Owned",
    "Place",
    "Plan",
    "SharedFiles",
    "apply",
    "beside",
    "create",
    "diff",
    "locked",
    "overlapping_claims",
    "plan",
    "refreshed",
    "unchanged",
    "written",
]  # fmt: skip
