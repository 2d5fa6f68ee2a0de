"""Messages' JSON Schema, compiled into shapes: the types, the codecs and the checks of payloads."""

from msgc.payloads.documents import Document, WrittenSchema
from msgc.payloads.fields import FieldAt, field_at
from msgc.payloads.read import SchemaBudget, read
from msgc.payloads.validation import violations
from msgc.runtime.codec.violations import Violation

__all__ = [
    "Document", "FieldAt", "SchemaBudget", "Violation", "WrittenSchema", "field_at", "read",
    "violations",
]  # fmt: skip
