"""Regular expressions in schemas: `re`, and matching in linear time."""
