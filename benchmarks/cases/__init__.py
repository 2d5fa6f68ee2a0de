"""One module a comparison; each has `rows`, which runs it."""
