"""Rules over the resolved topology."""
