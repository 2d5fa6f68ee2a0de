"""Topology to artifacts: pure, no disk."""
