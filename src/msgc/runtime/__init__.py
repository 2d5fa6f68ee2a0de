"""What generated stubs carry with them, copied as it is."""
