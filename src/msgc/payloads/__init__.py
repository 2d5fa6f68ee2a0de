"""JSON Schema of messages, read into shapes."""

from msgc.payloads.checking import violations
from msgc.payloads.fields import Leaf, field_at
from msgc.payloads.places import Document, WrittenSchema
from msgc.payloads.read import Effort, read
from msgc.runtime.codec.violations import Violation

__all__ = [
    "Document", "Effort", "Leaf", "Violation", "WrittenSchema", "field_at", "read", "violations",
]  # fmt: skip
