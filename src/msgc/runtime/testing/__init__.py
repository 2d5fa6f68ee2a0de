"""Fakes of publishers, and events as Lambda gets them."""
