"""Messages: their schemas, types and attributes, and those that come from other files."""
