"""Times what checks filters and payloads, and all of a validation; prints the figures."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

from measure import Timing, answer, in_turn

from msgc import payloads
from msgc.delivery import deliver
from msgc.delivery.checks import with_sound_filters
from msgc.delivery.overlaps import overlaps
from msgc.diagnostics import Diagnostic
from msgc.lint import lint
from msgc.lint.registry import RULES
from msgc.pipeline import check
from msgc.source import Disk
from msgc.topology.model import Topology
