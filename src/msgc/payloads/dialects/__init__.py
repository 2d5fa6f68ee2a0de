"""Dialects of JSON Schema and OpenAPI: schemas are translated into 2020-12 when a file is read."""

from msgc.payloads.dialects.translation import Translated, translated

__all__ = ["Translated", "translated"]
