"""Compile a schema into a shape: one type, a union, or parts composed by `$ref` and `allOf`."""
