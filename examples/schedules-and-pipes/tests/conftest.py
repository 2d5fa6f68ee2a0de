"""A fake of every place, for tests that ask for one."""

pytest_plugins = ["books_messaging.testing.fixtures"]
