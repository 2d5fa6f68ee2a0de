"""Compile the properties of objects, those of an `allOf` merged, into a class or a map."""
