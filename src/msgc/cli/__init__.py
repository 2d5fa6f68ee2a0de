"""The door: one module a command, loaded lazily; options, echo, exit codes."""
