"""Topology to a CDK stack that reads as if somebody had written it."""

from __future__ import annotations

from msgc.emit.cdk.module import emit_stack

__all__ = ["emit_stack"]
