"""What edges send in place of the original: how it is printed, and whether it fits its message."""
