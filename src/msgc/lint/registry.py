"""Every rule there is, in the order of ids, each with the part of a file that it is about.

A rule is imported for files that have its part; in others it has nothing to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from msgc.lint.rule import Rule
from msgc.topology import parts
from msgc.topology.model import Topology
from msgc.topology.parts import Part

_PARTS: dict[str, Part] = {
    "event_forwarded_twice": parts.forwarding,
    "dead_letter_in_another_region": parts.arns,
    "stack_in_two_places": parts.arns,
    "role_of_another_account": parts.arns,
    "raw_endpoint_loses_type": parts.topics,
    "repeated_deduplication_id": parts.fifo,
    "refused_group": parts.anything,
    "whole_batch_retried": parts.consumers,
    "unknown_timeout": parts.consumers,
    "fifo_queue_behind_standard_topic": parts.fifo,
    "fifo_topic_endpoint": parts.fifo,
    "order_lost_behind_fifo_topic": parts.fifo,
    "fifo_behind_bus": parts.fifo,
    "message_without_group": parts.fifo,
    "dead_letter_type_mismatch": parts.fifo,
    "content_deduplication": parts.fifo,
    "constant_group": parts.fifo,
    "fifo_batch": parts.fifo,
    "queue_without_dlq": parts.dead_letters_off,
    "dead_letter_queue_chain": parts.anything,
    "dead_letter_retention": parts.anything,
    "receive_count_too_low": parts.anything,
    "visibility_shorter_than_timeout": parts.consumers,
    "visibility_too_short": parts.consumers,
    "retention_too_short": parts.anything,
    "queue_without_consumer": parts.anything,
    "queue_without_source": parts.anything,
    "competing_consumers": parts.anything,
    "filter_deletes_messages": parts.poll_filters,
    "message_larger_than_target": parts.sizes,
    "edge_without_dlq": parts.dead_letters_off,
    "topic_without_publisher": parts.topics,
    "topic_without_subscriber": parts.topics,
    "event_without_rule": parts.buses,
    "rule_without_messages": parts.buses,
    "aws_events_on_custom_bus": parts.buses,
    "reserved_event_source": parts.anything,
    "bus_cycle": parts.forwarding,
    "consumer_feeds_itself": parts.consumers,
    "rule_without_event": parts.patterns,
    "batch_without_window": parts.consumers,
    "concurrency_above_reserved": parts.reserved,
    "reserved_too_low": parts.reserved,
    "pollers_reversed": parts.pollers,
    "option_without_effect": parts.consumers,
    "failed_invocation_lost": parts.consumers,
    "consumer_polls_own_failures": parts.consumers,
    "consumer_without_source": parts.consumers,
    "publication_without_messages": parts.anything,
    "tracing_on_fifo": parts.fifo,
    "large_topic_endpoint": parts.sizes,
    "same_wire_type": parts.anything,
    "mixed_dead_letter_queue": parts.anything,
    "same_physical_name": parts.anything,
    "names_collide": parts.anything,
    "refused_environment_variable": parts.environments,
    "wrong_arn": parts.arns,
    "read_only_calls_left_out": parts.buses,
    "plain_http": parts.plain_http,
    "value_out_of_range": parts.anything,
    "too_many_resources": parts.anything,
    "name_too_long": parts.anything,
    "refused_name": parts.anything,
    "too_many_redrive_sources": parts.anything,
    "limit_exceeded": parts.anything,
    "quota_exceeded": parts.anything,
    "widened_policy": parts.anything,
    "pattern_too_long": parts.anything,
    "pattern_over_quota": parts.buses,
    "unused_message": parts.anything,
    "unused_import": parts.anything,
}
"""Of each rule its part; the rule is `msgc.lint.rules.<name>.<name>`."""


def every_rule() -> tuple[Rule, ...]:
    """Return all rules."""
    return tuple(map(_rule, _PARTS))


def rules_about(topology: Topology) -> Iterator[Rule]:
    """Yield the rules that may find something in a file."""
    there = {part: part(topology) for part in set(_PARTS.values())}
    return (_rule(name) for name, part in _PARTS.items() if there[part])


def part_of(rule: Rule) -> Part:
    """Return the part that a rule is about."""
    return _PARTS[rule.check.__name__]


def _rule(name: str) -> Rule:
    rule: Rule = getattr(import_module(f"msgc.lint.rules.{name}"), name)
    return rule
