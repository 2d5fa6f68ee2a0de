"""What every generated module is written with: its names, its imports, where the runtime is."""
