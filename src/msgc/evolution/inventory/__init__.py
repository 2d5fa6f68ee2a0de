"""The inventory: its lines, made from a planned stack, written and read."""
