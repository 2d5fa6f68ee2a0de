"""YAML and JSON to the positioned tree; the only room that knows PyYAML."""
