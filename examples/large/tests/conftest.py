"""A fake of every place, for tests that ask for one."""

pytest_plugins = ["parcels_messaging.testing.fixtures"]
