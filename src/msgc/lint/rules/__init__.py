"""One lint rule a file, named after the rule: `lint.registry` lists them by id and subject."""
