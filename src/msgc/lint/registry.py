"""Every rule there is, in the order of their ids."""

from __future__ import annotations

from msgc.lint.rule import Rule
from msgc.lint.rules.alarm_never_fires import alarm_never_fires
from msgc.lint.rules.alarm_on_fifo_topic import alarm_on_fifo_topic
from msgc.lint.rules.alarm_tells_nobody import alarm_tells_nobody
from msgc.lint.rules.alarm_without_effect import alarm_without_effect
from msgc.lint.rules.alarms_must_be_let_in import alarms_must_be_let_in
from msgc.lint.rules.archive_on_standard_topic import archive_on_standard_topic
from msgc.lint.rules.argument_of_two_types import argument_of_two_types
from msgc.lint.rules.attribute_lost import attribute_lost
from msgc.lint.rules.aws_events_on_custom_bus import aws_events_on_custom_bus
from msgc.lint.rules.batch_without_window import batch_without_window
from msgc.lint.rules.bus_cycle import bus_cycle
from msgc.lint.rules.competing_consumers import competing_consumers
from msgc.lint.rules.concurrency_above_reserved import concurrency_above_reserved
from msgc.lint.rules.constant_group import constant_group
from msgc.lint.rules.consumer_feeds_itself import consumer_feeds_itself
from msgc.lint.rules.consumer_polls_own_failures import consumer_polls_own_failures
from msgc.lint.rules.consumer_without_source import consumer_without_source
from msgc.lint.rules.content_deduplication import content_deduplication
from msgc.lint.rules.dead_letter_in_another_region import dead_letter_in_another_region
from msgc.lint.rules.dead_letter_queue_chain import dead_letter_queue_chain
from msgc.lint.rules.dead_letter_retention import dead_letter_retention
from msgc.lint.rules.dead_letter_type_mismatch import dead_letter_type_mismatch
from msgc.lint.rules.deduplication_across_groups import deduplication_across_groups
from msgc.lint.rules.deprecated_message import deprecated_message
from msgc.lint.rules.edge_made_there import edge_made_there
from msgc.lint.rules.edge_without_dlq import edge_without_dlq
from msgc.lint.rules.endless_loop import endless_loop
from msgc.lint.rules.event_forwarded_twice import event_forwarded_twice
from msgc.lint.rules.event_without_rule import event_without_rule
from msgc.lint.rules.failed_invocation_lost import failed_invocation_lost
from msgc.lint.rules.fifo_batch import fifo_batch
from msgc.lint.rules.fifo_behind_bus import fifo_behind_bus
from msgc.lint.rules.fifo_queue_behind_standard_topic import fifo_queue_behind_standard_topic
from msgc.lint.rules.fifo_topic_endpoint import fifo_topic_endpoint
from msgc.lint.rules.filter_deletes_messages import filter_deletes_messages
from msgc.lint.rules.filter_on_without_filter import filter_on_without_filter
from msgc.lint.rules.filtered_queue_shared import filtered_queue_shared
from msgc.lint.rules.group_behind_bus import group_behind_bus
from msgc.lint.rules.header_without_effect import header_without_effect
from msgc.lint.rules.impossible_delivery_policy import impossible_delivery_policy
from msgc.lint.rules.key_of_another_service import key_of_another_service
from msgc.lint.rules.key_owner_must_add import key_owner_must_add
from msgc.lint.rules.large_topic_endpoint import large_topic_endpoint
from msgc.lint.rules.limit_exceeded import limit_exceeded
from msgc.lint.rules.log_retention import log_retention
from msgc.lint.rules.loop_through_enrichment import loop_through_enrichment
from msgc.lint.rules.message_larger_than_target import message_larger_than_target
from msgc.lint.rules.message_without_group import message_without_group
from msgc.lint.rules.messages_not_imported import messages_not_imported
from msgc.lint.rules.mixed_dead_letter_queue import mixed_dead_letter_queue
from msgc.lint.rules.name_too_long import name_too_long
from msgc.lint.rules.names_collide import names_collide
from msgc.lint.rules.one_function_twice import one_function_twice
from msgc.lint.rules.option_without_effect import option_without_effect
from msgc.lint.rules.order_lost_behind_bus import order_lost_behind_bus
from msgc.lint.rules.order_lost_behind_fifo_topic import order_lost_behind_fifo_topic
from msgc.lint.rules.override_of_a_word import override_of_a_word
from msgc.lint.rules.override_without_effect import override_without_effect
from msgc.lint.rules.owner_lets_nobody_in import owner_lets_nobody_in
from msgc.lint.rules.owner_must_allow import owner_must_allow
from msgc.lint.rules.parameter_read_too_late import parameter_read_too_late
from msgc.lint.rules.pattern_over_quota import pattern_over_quota
from msgc.lint.rules.pattern_too_long import pattern_too_long
from msgc.lint.rules.pipe_batch_too_large import pipe_batch_too_large
from msgc.lint.rules.plain_http import plain_http
from msgc.lint.rules.pollers_reversed import pollers_reversed
from msgc.lint.rules.publication_without_messages import publication_without_messages
from msgc.lint.rules.queue_without_consumer import queue_without_consumer
from msgc.lint.rules.queue_without_dlq import queue_without_dlq
from msgc.lint.rules.queue_without_source import queue_without_source
from msgc.lint.rules.quota_exceeded import quota_exceeded
from msgc.lint.rules.raw_endpoint_loses_type import raw_endpoint_loses_type
from msgc.lint.rules.read_only_calls_left_out import read_only_calls_left_out
from msgc.lint.rules.receive_count_too_low import receive_count_too_low
from msgc.lint.rules.redrive_loop import redrive_loop
from msgc.lint.rules.refused_environment_variable import refused_environment_variable
from msgc.lint.rules.refused_group import refused_group
from msgc.lint.rules.refused_name import refused_name
from msgc.lint.rules.refused_tag import refused_tag
from msgc.lint.rules.repeated_deduplication_id import repeated_deduplication_id
from msgc.lint.rules.reserved_event_source import reserved_event_source
from msgc.lint.rules.reserved_too_low import reserved_too_low
from msgc.lint.rules.retention_too_short import retention_too_short
from msgc.lint.rules.role_of_another_account import role_of_another_account
from msgc.lint.rules.rule_without_event import rule_without_event
from msgc.lint.rules.rule_without_messages import rule_without_messages
from msgc.lint.rules.same_physical_name import same_physical_name
from msgc.lint.rules.same_wire_type import same_wire_type
from msgc.lint.rules.schema_beyond_draft4 import schema_beyond_draft4
from msgc.lint.rules.setting_without_effect import setting_without_effect
from msgc.lint.rules.stack_in_two_places import stack_in_two_places
from msgc.lint.rules.stubs_without_publishing import stubs_without_publishing
from msgc.lint.rules.tags_without_effect import tags_without_effect
from msgc.lint.rules.too_many_redrive_sources import too_many_redrive_sources
from msgc.lint.rules.too_many_resources import too_many_resources
from msgc.lint.rules.topic_without_publisher import topic_without_publisher
from msgc.lint.rules.topic_without_subscriber import topic_without_subscriber
from msgc.lint.rules.tracing_on_fifo import tracing_on_fifo
from msgc.lint.rules.unknown_service import unknown_service
from msgc.lint.rules.unknown_timeout import unknown_timeout
from msgc.lint.rules.unusable_url import unusable_url
from msgc.lint.rules.unused_import import unused_import
from msgc.lint.rules.unused_input import unused_input
from msgc.lint.rules.unused_message import unused_message
from msgc.lint.rules.value_out_of_range import value_out_of_range
from msgc.lint.rules.visibility_shorter_than_timeout import visibility_shorter_than_timeout
from msgc.lint.rules.visibility_too_short import visibility_too_short
from msgc.lint.rules.whole_batch_retried import whole_batch_retried
from msgc.lint.rules.widened_policy import widened_policy
from msgc.lint.rules.wrong_arn import wrong_arn

RULES: tuple[Rule, ...] = (
    event_forwarded_twice,
    dead_letter_in_another_region,
    stack_in_two_places,
    role_of_another_account,
    raw_endpoint_loses_type,
    repeated_deduplication_id,
    refused_group,
    whole_batch_retried,
    unknown_timeout,
    fifo_queue_behind_standard_topic,
    fifo_topic_endpoint,
    order_lost_behind_fifo_topic,
    fifo_behind_bus,
    message_without_group,
    dead_letter_type_mismatch,
    content_deduplication,
    constant_group,
    fifo_batch,
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
    batch_without_window,
    concurrency_above_reserved,
    reserved_too_low,
    pollers_reversed,
    option_without_effect,
    failed_invocation_lost,
    consumer_polls_own_failures,
    consumer_without_source,
    publication_without_messages,
    tracing_on_fifo,
    large_topic_endpoint,
    same_wire_type,
    mixed_dead_letter_queue,
    same_physical_name,
    names_collide,
    refused_environment_variable,
    wrong_arn,
    read_only_calls_left_out,
    plain_http,
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
    unused_input,
    owner_must_allow,
    parameter_read_too_late,
    key_owner_must_add,
    key_of_another_service,
    filtered_queue_shared,
    pipe_batch_too_large,
    endless_loop,
    unusable_url,
    header_without_effect,
    filter_on_without_filter,
    stubs_without_publishing,
    refused_tag,
    tags_without_effect,
    alarm_without_effect,
    alarm_never_fires,
    unknown_service,
    deprecated_message,
    attribute_lost,
    alarm_on_fifo_topic,
    alarm_tells_nobody,
    alarms_must_be_let_in,
    override_of_a_word,
    override_without_effect,
    schema_beyond_draft4,
    group_behind_bus,
    order_lost_behind_bus,
    deduplication_across_groups,
    impossible_delivery_policy,
    archive_on_standard_topic,
    setting_without_effect,
    log_retention,
    argument_of_two_types,
    one_function_twice,
    edge_made_there,
    loop_through_enrichment,
    redrive_loop,
    owner_lets_nobody_in,
    messages_not_imported,
    unused_message,
    unused_import,
)
