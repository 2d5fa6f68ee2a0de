"""Every rule there is, in the order of their ids."""

from __future__ import annotations

from msgc.lint.later import LaterRule, later
from msgc.lint.rule import Rule
from msgc.lint.rules.argument_of_two_types import argument_of_two_types
from msgc.lint.rules.aws_events_on_custom_bus import aws_events_on_custom_bus
from msgc.lint.rules.bus_cycle import bus_cycle
from msgc.lint.rules.competing_consumers import competing_consumers
from msgc.lint.rules.consumer_feeds_itself import consumer_feeds_itself
from msgc.lint.rules.consumer_polls_own_failures import consumer_polls_own_failures
from msgc.lint.rules.consumer_without_source import consumer_without_source
from msgc.lint.rules.dead_letter_in_another_region import dead_letter_in_another_region
from msgc.lint.rules.dead_letter_queue_chain import dead_letter_queue_chain
from msgc.lint.rules.dead_letter_retention import dead_letter_retention
from msgc.lint.rules.dead_letter_type_mismatch import dead_letter_type_mismatch
from msgc.lint.rules.edge_made_there import edge_made_there
from msgc.lint.rules.edge_without_dlq import edge_without_dlq
from msgc.lint.rules.endless_loop import endless_loop
from msgc.lint.rules.event_forwarded_twice import event_forwarded_twice
from msgc.lint.rules.event_without_rule import event_without_rule
from msgc.lint.rules.failed_invocation_lost import failed_invocation_lost
from msgc.lint.rules.filter_deletes_messages import filter_deletes_messages
from msgc.lint.rules.filtered_queue_shared import filtered_queue_shared
from msgc.lint.rules.large_topic_endpoint import large_topic_endpoint
from msgc.lint.rules.limit_exceeded import limit_exceeded
from msgc.lint.rules.message_larger_than_target import message_larger_than_target
from msgc.lint.rules.mixed_dead_letter_queue import mixed_dead_letter_queue
from msgc.lint.rules.name_too_long import name_too_long
from msgc.lint.rules.names_collide import names_collide
from msgc.lint.rules.nearly_full_stack import nearly_full_stack
from msgc.lint.rules.one_function_twice import one_function_twice
from msgc.lint.rules.option_without_effect import option_without_effect
from msgc.lint.rules.owner_lets_nobody_in import owner_lets_nobody_in
from msgc.lint.rules.owner_must_allow import owner_must_allow
from msgc.lint.rules.pattern_over_quota import pattern_over_quota
from msgc.lint.rules.pattern_too_long import pattern_too_long
from msgc.lint.rules.publication_without_messages import publication_without_messages
from msgc.lint.rules.queue_without_consumer import queue_without_consumer
from msgc.lint.rules.queue_without_dlq import queue_without_dlq
from msgc.lint.rules.queue_without_source import queue_without_source
from msgc.lint.rules.quota_exceeded import quota_exceeded
from msgc.lint.rules.raw_endpoint_loses_type import raw_endpoint_loses_type
from msgc.lint.rules.read_only_calls_left_out import read_only_calls_left_out
from msgc.lint.rules.receive_count_too_low import receive_count_too_low
from msgc.lint.rules.redrive_loop import redrive_loop
from msgc.lint.rules.refused_group import refused_group
from msgc.lint.rules.refused_name import refused_name
from msgc.lint.rules.repeated_deduplication_id import repeated_deduplication_id
from msgc.lint.rules.reserved_event_source import reserved_event_source
from msgc.lint.rules.retention_too_short import retention_too_short
from msgc.lint.rules.rule_without_event import rule_without_event
from msgc.lint.rules.rule_without_messages import rule_without_messages
from msgc.lint.rules.same_physical_name import same_physical_name
from msgc.lint.rules.same_wire_type import same_wire_type
from msgc.lint.rules.setting_without_effect import setting_without_effect
from msgc.lint.rules.stack_in_two_places import stack_in_two_places
from msgc.lint.rules.too_many_redrive_sources import too_many_redrive_sources
from msgc.lint.rules.too_many_resources import too_many_resources
from msgc.lint.rules.topic_without_publisher import topic_without_publisher
from msgc.lint.rules.topic_without_subscriber import topic_without_subscriber
from msgc.lint.rules.unknown_service import unknown_service
from msgc.lint.rules.unknown_timeout import unknown_timeout
from msgc.lint.rules.unused_message import unused_message
from msgc.lint.rules.value_out_of_range import value_out_of_range
from msgc.lint.rules.visibility_shorter_than_timeout import visibility_shorter_than_timeout
from msgc.lint.rules.visibility_too_short import visibility_too_short
from msgc.lint.rules.widened_policy import widened_policy

RULES: tuple[Rule | LaterRule, ...] = (
    event_forwarded_twice,
    dead_letter_in_another_region,
    stack_in_two_places,
    later("MSG420", "role-of-another-account", "error", "arn"),
    raw_endpoint_loses_type,
    repeated_deduplication_id,
    refused_group,
    later("MSG426", "whole-batch-retried", "warning", "partial_failures"),
    unknown_timeout,
    later("MSG430", "fifo-queue-behind-standard-topic", "error", "fifo", "name", "arn", "service"),
    later("MSG431", "fifo-topic-endpoint", "error", "fifo", "name", "arn", "service"),
    later("MSG432", "order-lost-behind-fifo-topic", "warning", "fifo", "name", "arn", "service"),
    later("MSG433", "fifo-behind-bus", "error", "fifo", "name", "arn", "service"),
    later("MSG434", "message-without-group", "error", "fifo", "name", "arn", "service"),
    dead_letter_type_mismatch,
    later("MSG436", "content-deduplication", "warning", "fifo", "name", "arn", "service"),
    later("MSG437", "constant-group", "warning", "fifo", "name", "arn", "service"),
    later("MSG438", "fifo-batch", "error", "fifo", "name", "arn", "service"),
    queue_without_dlq,
    dead_letter_queue_chain,
    dead_letter_retention,
    receive_count_too_low,
    visibility_shorter_than_timeout,
    visibility_too_short,
    retention_too_short,
    queue_without_consumer,
    queue_without_source,
    competing_consumers,
    filter_deletes_messages,
    message_larger_than_target,
    edge_without_dlq,
    topic_without_publisher,
    topic_without_subscriber,
    event_without_rule,
    rule_without_messages,
    aws_events_on_custom_bus,
    reserved_event_source,
    bus_cycle,
    consumer_feeds_itself,
    rule_without_event,
    later("MSG462", "batch-without-window", "error", "batch"),
    later("MSG463", "concurrency-above-reserved", "warning", "reserved"),
    later("MSG464", "reserved-too-low", "warning", "reserved"),
    later("MSG465", "pollers-reversed", "error", "pollers"),
    option_without_effect,
    failed_invocation_lost,
    consumer_polls_own_failures,
    consumer_without_source,
    publication_without_messages,
    later("MSG472", "tracing-on-fifo", "error", "tracing"),
    large_topic_endpoint,
    same_wire_type,
    mixed_dead_letter_queue,
    same_physical_name,
    names_collide,
    later("MSG482", "refused-environment-variable", "error", "environment"),
    later("MSG483", "wrong-arn", "error", "arn"),
    read_only_calls_left_out,
    later("MSG501", "plain-http", "warning", "http"),
    later("MSG537", "empty-stack", "error", "stacks"),
    later("MSG538", "bound-to-another-stack", "error", "stacks"),
    later("MSG539", "stacks-in-a-circle", "error", "stacks"),
    nearly_full_stack,
    later("MSG559", "replacement-under-way", "info", "replaces"),
    later("MSG561", "import-being-replaced", "warning", "service"),
    value_out_of_range,
    too_many_resources,
    name_too_long,
    refused_name,
    too_many_redrive_sources,
    limit_exceeded,
    quota_exceeded,
    widened_policy,
    pattern_too_long,
    pattern_over_quota,
    later("MSG630", "unused-input", "warning", "inputs"),
    owner_must_allow,
    later("MSG632", "parameter-read-too-late", "error", "parameter"),
    later("MSG633", "key-owner-must-add", "info", "encryption"),
    later("MSG634", "key-of-another-service", "warning", "import"),
    filtered_queue_shared,
    later("MSG643", "pipe-batch-too-large", "error", "batch"),
    endless_loop,
    later("MSG645", "unusable-url", "error", "https", "http", "api_destination"),
    later("MSG646", "header-without-effect", "error", "headers"),
    later("MSG647", "filter-on-without-filter", "error", "filter_on"),
    later("MSG648", "stubs-without-publishing", "error", "stubs"),
    later("MSG651", "refused-tag", "error", "tags"),
    later("MSG652", "tags-without-effect", "error", "tags"),
    later("MSG653", "alarm-without-effect", "error", "alarms"),
    later("MSG654", "alarm-never-fires", "error", "alarms"),
    unknown_service,
    later("MSG656", "deprecated-message", "info", "deprecated", "import"),
    later("MSG657", "attribute-lost", "error", "attributes", "import"),
    later("MSG658", "alarm-on-fifo-topic", "error", "alarms"),
    later("MSG659", "alarm-tells-nobody", "info", "alarms"),
    later("MSG660", "alarms-must-be-let-in", "info", "alarms"),
    later("MSG661", "override-of-a-word", "error", "overrides"),
    later("MSG662", "override-without-effect", "error", "overrides"),
    later("MSG663", "schema-beyond-draft4", "warning", "schemas"),
    later("MSG664", "group-behind-bus", "error", "fifo", "name", "arn", "service"),
    later("MSG665", "order-lost-behind-bus", "info", "fifo", "name", "arn", "service"),
    later("MSG666", "deduplication-across-groups", "warning", "fifo", "name", "arn", "service"),
    later("MSG667", "impossible-delivery-policy", "error", "delivery"),
    later("MSG668", "archive-on-standard-topic", "error", "archive"),
    setting_without_effect,
    later("MSG670", "log-retention", "error", "logs"),
    argument_of_two_types,
    one_function_twice,
    edge_made_there,
    later("MSG674", "loop-through-enrichment", "warning", "enrich"),
    redrive_loop,
    owner_lets_nobody_in,
    later("MSG679", "messages-not-imported", "warning", "import"),
    later("MSG680", "empty-dashboard", "error", "dashboard"),
    later("MSG690", "large-message-on-bus", "error", "large_messages", "import"),
    later("MSG691", "large-message-filtered", "error", "large_messages", "import"),
    later("MSG692", "pointer-delivered", "error", "large_messages", "import"),
    later("MSG693", "payload-expires-too-early", "error", "large_messages"),
    later("MSG694", "large-messages-abroad", "warning", "large_messages", "import"),
    later("MSG695", "nowhere-to-give-up", "error", "verdicts"),
    unused_message,
    later("MSG711", "unused-import", "info", "import"),
    later("MSG726", "threshold-without-effect", "error", "large_messages"),
)
