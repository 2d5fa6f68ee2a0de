"""Where in a file schemas may stand: not among data, and by name in some tables."""

from __future__ import annotations

TABLES = frozenset({
    "properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions",
})  # fmt: skip
"""Keywords whose values are schemas by name: no keyword stands among those names."""
DATA = frozenset({"enum", "const", "default", "examples", "example"})
"""Keywords whose values are no schemas, whatever is in them."""
