"""A fake of every place, for tests that ask for one."""

pytest_plugins = ["claims_messaging.testing.fixtures"]
