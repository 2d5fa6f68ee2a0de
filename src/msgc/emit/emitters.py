"""Who writes what: the emitters of `msgc build`, in the order of their output."""

from __future__ import annotations

from collections.abc import Callable

from msgc.artifact import Artifact
from msgc.delivery.plan import Delivery
from msgc.emit.cdk import emit_stack
from msgc.emit.stubs import emit_stubs
from msgc.topology.model import Topology

Emitter = Callable[[Topology, Delivery], tuple[Artifact, ...]]

EMITTERS: tuple[Emitter, ...] = (emit_stack, emit_stubs)
