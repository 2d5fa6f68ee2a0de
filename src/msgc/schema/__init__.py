"""Check messaging.yaml against its JSON Schema, with the place of every mistake."""

from msgc.schema.check import validate
from msgc.schema.loading import schema_text

__all__ = ["schema_text", "validate"]
