"""The story: check, then build."""
