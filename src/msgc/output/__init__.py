"""Plan, then apply: the only room that changes the disk."""
