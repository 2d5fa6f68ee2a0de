"""The modules with which functions handle messages: one for each consumer."""
