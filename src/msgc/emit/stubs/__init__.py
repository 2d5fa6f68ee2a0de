"""Models, publishers, handlers, fakes."""
