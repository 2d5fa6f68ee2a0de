"""JSON Schema keywords that no Python type expresses."""
