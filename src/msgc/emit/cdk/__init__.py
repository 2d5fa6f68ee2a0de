"""The emitter of the CDK stack, which reads as if somebody had written it."""

from __future__ import annotations

from msgc.emit.cdk.package import emit_stack

__all__ = ["emit_stack"]
