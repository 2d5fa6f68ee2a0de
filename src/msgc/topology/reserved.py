"""Names in generated stacks that no argument and no attribute of them may take."""

from __future__ import annotations

from typing import Final

ARGUMENTS: Final = frozenset(
    {"self", "scope", "construct_id", "kwargs", "super",
     "analytics_reporting", "cross_region_references", "description", "env", "notification_arns",
     "permissions_boundary", "property_injectors", "stack_name", "suppress_template_indentation",
     "synthesizer", "tags", "termination_protection"}
)  # fmt: skip
"""What the construct, its stack and CDK's `Stack` take, and what the generated code calls there.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk/Stack.html
"""

ATTRIBUTES: Final = frozenset(
    {"account", "alarm", "api_destination", "archive", "arn_of", "bus", "bus_arn", "bus_logs",
     "check_timeout", "claim_table", "code_for", "connection", "dashboard", "deploy_after", "dlq",
     "environment_for", "failures", "follow", "found_key", "function", "given", "grant",
     "graphs_of_dead_letters", "graphs_of_functions", "graphs_of_pipes", "graphs_of_queues",
     "graphs_of_rules", "graphs_of_schedules", "graphs_of_streams", "graphs_of_topics", "home",
     "homes", "in_names", "inline", "is_construct", "key", "let_encrypt", "let_keep_events",
     "let_log", "let_log_encrypted", "let_send", "logs", "managed", "mapping", "may_decrypt",
     "may_encrypt", "may_fetch", "may_find", "may_follow", "may_join_networks", "may_log",
     "may_publish",
     "may_put", "may_read", "may_receive", "may_remember", "may_send", "may_store",
     "may_trace",
     "name_resources", "node", "on_key", "open_bus_to", "open_key_to", "open_queue_to",
     "open_topic_to", "override", "owner",
     "parameter", "parameter_arn", "partition", "payload_bucket", "permission", "pipe",
     "poll", "prefix", "project", "queue",
     "queue_arn", "queue_url", "refuse_other_account", "region", "regional_sns", "removal", "root",
     "route", "rule", "rule_arn", "schedule", "schema", "schema_registry", "security_group",
     "sender", "service", "shared_runtime", "states_of_alarms", "stream_of", "stubs", "subscribe",
     "subscription", "suffix", "tag", "to_string", "topic", "topic_arn", "value_of", "with_"}
)  # fmt: skip
"""What a construct has by itself, from the kit and from CDK."""
