"""One lint rule a file."""
