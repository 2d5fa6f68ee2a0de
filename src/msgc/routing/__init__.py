"""Route a message through a topology: who gets it, by which way, and who doesn't and why."""
