"""A schedule of EventBridge Scheduler, from which edges lead and to which none does."""

from __future__ import annotations

from msgc.kinds.kind import Kind

SCHEDULE = Kind(word="schedule", noun="schedule", ways={})
