"""Reporters: findings as text for people, and in formats that programs read."""
