"""JSON Schema of messages, read into shapes."""
