"""YAML and JSON to the positioned tree; the only room that knows PyYAML."""

from msgc.syntax.document import Document, Ignore
from msgc.syntax.limits import Budget
from msgc.syntax.loading import load, load_json, load_node, load_part

__all__ = ["Budget", "Document", "Ignore", "load", "load_json", "load_node", "load_part"]
