"""What is worked out over the whole graph: filters, policies, envelopes, limits."""
