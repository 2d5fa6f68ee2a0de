"""The modules for tests: fakes that deliver along the paths of a service, and fixtures."""
