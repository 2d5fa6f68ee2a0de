"""JSON Schema of messages, read into shapes."""

from msgc.payloads.fields import Leaf, field_at
from msgc.payloads.message import read
from msgc.payloads.specification import violations

__all__ = ["Leaf", "field_at", "read", "violations"]
