"""Tree to Topology: names declared, references linked, defaults derived."""
