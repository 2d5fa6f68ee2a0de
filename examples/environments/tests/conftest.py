"""A fake of every place, for tests that ask for one."""

pytest_plugins = ["bookings_messaging.testing.fixtures"]
