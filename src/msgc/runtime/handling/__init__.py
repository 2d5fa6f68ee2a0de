"""Lambda entry points, what they read, and idempotency."""
