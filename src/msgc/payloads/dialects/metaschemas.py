"""The schemas that describe JSON Schema itself, for messages that carry schemas."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from msgc.payloads.dialects import translated
from msgc.source import Disk
from msgc.syntax import load_node
from msgc.tree import Node

_DRAFTS = {
    "http://json-schema.org/draft-04/schema": "draft4",
    "http://json-schema.org/draft-06/schema": "draft6",
    "http://json-schema.org/draft-07/schema": "draft7",
    "https://json-schema.org/draft/2019-09/schema": "draft201909",
    "https://json-schema.org/draft/2020-12/schema": "draft202012",
}


@cache
def metaschema(address: str) -> Node | None:
    """Return a draft's own schema, or one of its vocabularies; they come with `jsonschema`."""
    folder, name = _DRAFTS.get(address, ""), "metaschema.json"
    draft, meta, vocabulary = address.rpartition("/meta/")
    if meta and vocabulary.replace("-", "").isalpha():
        folder, name = _DRAFTS.get(f"{draft}/schema", ""), f"vocabularies/{vocabulary}"
    package = find_spec("jsonschema_specifications") if folder else None
    if package is None or not package.submodule_search_locations:
        return None
    path = f"{package.submodule_search_locations[0]}/schemas/{folder}/{name}"
    root = load_node(path, Disk()).value
    return translated(root) if root is not None else None
