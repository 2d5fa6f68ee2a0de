"""The typed vocabulary, its names, its graph."""
