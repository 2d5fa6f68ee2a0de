"""Subscriptions, polls, schedules and pipes: their ends, options and messages."""
