"""The commands of `msgc`, one a module, imported when it is called."""
