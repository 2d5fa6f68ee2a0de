"""A fake of every place, and a façade that publishes to them, for tests that ask for one."""

pytest_plugins = ["checkout_messaging.testing.fixtures"]
