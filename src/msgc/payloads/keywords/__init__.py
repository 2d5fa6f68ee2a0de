"""Read the keywords of one schema: their types and values, and what is wrong with them."""
