"""The shape of messaging.yaml, checked on the positioned tree."""

from msgc.schema.check import validate
from msgc.schema.loading import schema_text

__all__ = ["schema_text", "validate"]
