"""Every rule there is, in the order of ids, each with the part of a file that it is about.

A rule is imported for files that have its part; in others it has nothing to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from msgc.lint import file_parts
from msgc.lint.file_parts import Part
from msgc.lint.rule import Rule
from msgc.topology.model import Topology

_PARTS: dict[str, Part] = {
    "event_forwarded_twice": file_parts.forwarding,
    "dead_letter_in_another_region": file_parts.arns,
    "stack_in_two_places": file_parts.arns,
    "role_of_another_account": file_parts.arns,
    "raw_endpoint_loses_type": file_parts.topics,
    "repeated_deduplication_id": file_parts.fifo,
    "refused_group": file_parts.anything,
    "whole_batch_retried": file_parts.consumers,
    "unknown_timeout": file_parts.consumers,
    "fifo_queue_behind_standard_topic": file_parts.fifo,
    "fifo_topic_endpoint": file_parts.fifo,
    "order_lost_behind_fifo_topic": file_parts.fifo,
    "fifo_behind_bus": file_parts.fifo,
    "message_without_group": file_parts.fifo,
    "dead_letter_type_mismatch": file_parts.fifo,
    "content_deduplication": file_parts.fifo,
    "constant_group": file_parts.fifo,
    "fifo_batch": file_parts.fifo,
    "queue_without_dlq": file_parts.dead_letters_off,
    "dead_letter_queue_chain": file_parts.anything,
    "dead_letter_retention": file_parts.anything,
    "receive_count_too_low": file_parts.anything,
    "visibility_shorter_than_timeout": file_parts.consumers,
    "visibility_too_short": file_parts.consumers,
    "retention_too_short": file_parts.anything,
    "queue_without_consumer": file_parts.anything,
    "queue_without_source": file_parts.anything,
    "competing_consumers": file_parts.anything,
    "filter_deletes_messages": file_parts.poll_filters,
    "message_larger_than_target": file_parts.sizes,
    "edge_without_dlq": file_parts.dead_letters_off,
    "topic_without_publisher": file_parts.topics,
    "topic_without_subscriber": file_parts.topics,
    "event_without_rule": file_parts.buses,
    "rule_without_messages": file_parts.buses,
    "aws_events_on_custom_bus": file_parts.buses,
    "reserved_event_source": file_parts.anything,
    "bus_cycle": file_parts.forwarding,
    "consumer_feeds_itself": file_parts.consumers,
    "rule_without_event": file_parts.patterns,
    "batch_without_window": file_parts.consumers,
    "concurrency_above_reserved": file_parts.reserved,
    "reserved_too_low": file_parts.reserved,
    "pollers_reversed": file_parts.pollers,
    "option_without_effect": file_parts.consumers,
    "failed_invocation_lost": file_parts.consumers,
    "consumer_polls_own_failures": file_parts.consumers,
    "consumer_without_source": file_parts.consumers,
    "publication_without_messages": file_parts.anything,
    "tracing_on_fifo": file_parts.fifo,
    "large_topic_endpoint": file_parts.sizes,
    "same_wire_type": file_parts.anything,
    "mixed_dead_letter_queue": file_parts.anything,
    "same_physical_name": file_parts.anything,
    "names_collide": file_parts.anything,
    "refused_environment_variable": file_parts.environments,
    "wrong_arn": file_parts.arns,
    "read_only_calls_left_out": file_parts.buses,
    "plain_http": file_parts.plain_http,
    "value_out_of_range": file_parts.anything,
    "too_many_resources": file_parts.anything,
    "name_too_long": file_parts.anything,
    "refused_name": file_parts.anything,
    "too_many_redrive_sources": file_parts.anything,
    "limit_exceeded": file_parts.anything,
    "quota_exceeded": file_parts.anything,
    "widened_policy": file_parts.anything,
    "pattern_too_long": file_parts.anything,
    "pattern_over_quota": file_parts.buses,
    "unused_message": file_parts.anything,
    "unused_import": file_parts.anything,
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
