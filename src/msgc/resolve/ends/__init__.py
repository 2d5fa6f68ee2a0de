"""Ends of edges that no section declares: addresses, provided arguments, lists of targets."""
