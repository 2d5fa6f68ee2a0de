"""What AWS limits: ranges of options, lengths of patterns, counts and sizes in a stack."""
