"""The words that CDK, CloudFormation, SAM, Serverless and others have for what is said here.

By the part of the schema in which a word was written. Words are in snake case, as they are
compared; several are written as one text. Loaded only for a key that the language doesn't have.
"""

from __future__ import annotations

SYNONYMS: dict[str, dict[str, str]] = {
    "": {
        "service": "service_name app application project namespace name",
        "messages": "message_types event_types events",
        "queues": "sqs_queues sqs",
        "topics": "sns_topics sns",
        "buses": "event_bus eventbridge event_buses",
        "consumers": "workers listeners function lambda handlers functions lambdas",
        "environments": "stages stage envs",
        "inputs": "parameters params",
        "include": "includes imports",
        "alarms": "alarm",
        "dashboard": "dashboards monitoring",
        "defaults": "globals removal_policy",
        "subscriptions": "rules",
        "producers": "publishers",
    },
    "message": {
        "schema": "payload_schema json_schema body payload",
        "type": "event_type message_type type_name name detail_type detail-type",
        "group_by": "group partition_key ordering_key key group_id message_group_id",
        "deduplicate_by": "message_deduplication_id dedup_id idempotency_key deduplication_id",
        "attributes": "headers message_attributes",
        "description": "title summary",
        "examples": "example",
    },
    "queue": {
        "fifo": "fifo_queue is_fifo ordered",
        "max_size": "max_message_size maximum_message_size max_message_bytes",
        "encryption": (
            "kms_key kms_key_id kms_master_key_id kms_key_identifier encryption_master_key kms"
        ),
        "removal": "removal_policy",
        "description": "comment",
        "messages": "events event message message_types",
        "visibility": (
            "visibility_timeout visibility_timeout_seconds visibility_timeout_in_seconds timeout"
        ),
        "retention": (
            "retention_period message_retention_period message_retention "
            "message_retention_seconds retention_seconds retention_days ttl"
        ),
        "delay": "delivery_delay delay_time delay_seconds",
        "wait": (
            "receive_message_wait_time receive_message_wait_time_seconds receive_wait_time "
            "receive_wait_time_seconds wait_time_seconds wait_time receive_wait"
        ),
        "dead_letter | dead_letter.queue": (
            "dlq redrive redrive_policy dead_letter_queue deadletter deadletter_queue"
        ),
        "dead_letter.after": (
            "max_receive_count max_receives receive_count max_retries retries attempts"
        ),
        "import": "arn url",
        "name": "queue_name",
    },
    "topic": {
        "fifo": "fifo_topic is_fifo ordered",
        "max_size": "max_message_size maximum_message_size max_message_bytes",
        "encryption": (
            "kms_key kms_key_id kms_master_key_id kms_key_identifier encryption_master_key kms"
        ),
        "removal": "removal_policy",
        "description": "comment",
        "messages": "events event message message_types",
        "display_name": "sender title",
        "tracing": "tracing_config",
        "archive": "archive_policy",
        "delivery": "delivery_policy",
        "import.arn": "arn",
        "name": "topic_name",
    },
    "bus": {
        "encryption": (
            "kms_key kms_key_id kms_master_key_id kms_key_identifier encryption_master_key kms"
        ),
        "removal": "removal_policy",
        "description": "comment",
        "messages": "events event message message_types",
        "archive.retention": "archive_retention retention retention_days archive_retention_days",
        "archive": "archives",
        "dead_letter": "dlq dead_letter_config dead_letter_queue",
        "log": "logs log_config",
        "schemas": "schema_registry discoverer",
        "import.arn": "arn",
        "name": "bus_name event_bus_name",
    },
    "subscription": {
        "from.topic": "topic sns sns_topic",
        "from.bus": "bus event_bus eventbridge",
        "messages": "message events event event_types message_types types",
        "filter": "filters filter_policy filter_criteria condition when",
        "filter_on": "filter_scope filter_policy_scope",
        "dead_letter | dead_letter.queue": (
            "dlq redrive redrive_policy dead_letter_config dead_letter_queue"
        ),
        "retry.attempts": (
            "max_retries maximum_retry_attempts max_attempts retry_attempts attempts retries"
        ),
        "retry.max_age": "max_age max_event_age maximum_event_age maximum_event_age_in_seconds",
        "raw": "raw_delivery raw_message_delivery",
        "from.schedule": "cron rate schedule_expression schedules",
        "send": "input_transformer input_path input transform",
        "retry": "retry_policy",
        "from": "origin source",
        "to": "destination destinations endpoints target targets",
        "to.queue": "queue to_queue sqs sqs_queue",
        "to.consumer": "consumer lambda function handler",
        "to | to.https": "endpoint url",
        "to.email": "email",
        "to.sms": "sms phone",
        "pattern": "event_pattern",
    },
    "subscription.from": {
        "bus": "event_bus eventbridge",
        "topic": "sns sns_topic",
        "schedule": "cron rate",
        "queue": "sqs sqs_queue",
        "stream": "dynamodb kinesis",
    },
    "subscription.to": {
        "queue": "sqs sqs_queue",
        "topic": "sns sns_topic",
        "bus": "event_bus eventbridge",
        "https": "webhook url",
        "email_json": "json_email",
        "sms": "text phone_number phone",
        "log_group": "cloudwatch cloudwatch_logs logs",
        "email": "mail",
    },
    "subscription.to.api_destination": {
        "url": "endpoint invocation_endpoint uri address",
        "method": "http_method verb",
        "rate": "rate_limit invocation_rate_limit_per_second rate_limit_per_second",
        "connection": "connection_arn auth authorization",
        "path": "path_parameter_values path_parameters",
        "query": "query_string_parameters query_parameters params",
        "headers": "header_parameters header",
    },
    "consumer": {
        "from.topic": "topic sns sns_topic",
        "from.bus": "bus event_bus eventbridge",
        "messages": "message events event event_types message_types types",
        "filter": "filters filter_policy filter_criteria condition when",
        "filter_on": "filter_scope filter_policy_scope",
        "dead_letter | dead_letter.queue": (
            "dlq redrive redrive_policy dead_letter_config dead_letter_queue"
        ),
        "retry.attempts": "max_retries maximum_retry_attempts max_attempts retry_attempts attempts",
        "retry.max_age": "max_age max_event_age maximum_event_age maximum_event_age_in_seconds",
        "raw": "raw_delivery raw_message_delivery",
        "from.schedule": "cron rate schedule_expression schedules",
        "send": "input_transformer input_path input transform",
        "from.queue": "queue from_queue sqs sqs_queue",
        "from": "event_source trigger triggers on source sources subscribe subscribes listens",
        "function.handler": "handler",
        "function.code": "code code_uri code_path path entry src directory",
        "function.runtime": "runtime",
        "function.timeout": "timeout",
        "function.memory": "memory memory_size",
        "function.environment": "environment env environment_variables",
        "function.layers": "layers",
        "function.reserved": "reserved reserved_concurrency reserved_concurrent_executions",
        "function.on_failure | function.on_failure.queue": "on_failure on_error destinations",
        "function.retries": "retries",
        "function.arn": "arn function_arn",
        "function.role": "role role_arn",
        "function.vpc": "vpc vpc_config",
        "function.architecture": "architecture architectures",
        "batch.size": "batch_size max_batch_size",
        "batch.window": (
            "batch_window batching_window maximum_batching_window "
            "maximum_batching_window_in_seconds max_batching_window"
        ),
        "concurrency.max": "max_concurrency maximum_concurrency concurrency_limit",
        "concurrency": "scaling_config",
        "concurrency.pollers": "pollers provisioned provisioned_poller_config",
        "publishes": "emits sends publish produces",
        "function": "lambda",
        "partial_failures": "report_batch_item_failures",
        "pattern": "event_pattern",
    },
    "consumer.from": {
        "bus": "event_bus eventbridge",
        "topic": "sns sns_topic",
        "schedule": "cron rate",
        "queue": "sqs sqs_queue",
        "stream": "dynamodb kinesis",
    },
    "function": {
        "environment": "environment_variables variables env",
        "code": "src code_uri source folder path entry directory",
        "vpc": "vpc_config",
        "architecture": "architectures",
        "role": "role_arn",
        "layers": "layer",
        "reserved": "reserved_concurrent_executions reserved_concurrency",
        "on_failure | on_failure.queue": (
            "on_error destinations dlq dead_letter dead_letter_queue dead_letter_config"
        ),
        "retries": "max_retries maximum_retry_attempts retry_attempts",
        "arn": "function_arn alias",
        "logs": "log_retention",
        "memory": "memory_size",
    },
    "producer": {
        "publishes": "emits sends to publish produces topics",
        "publishes.0.topic": "topic",
        "publishes.0.queue": "queue",
        "publishes.0.bus": "bus event_bus",
        "role | role.arn": "role_arn iam_role",
        "service": "principal",
    },
    "deadLetter": {
        "after": "receive_count max_retries retries count max_receive_count max_receives attempts",
        "queue": "queue_name dead_letter_queue name target",
        "retention": "retention_period message_retention_period",
    },
    "undelivered": {
        "queue": "name target queue_name",
    },
    "batch": {
        "size": "max_size batch_size maximum max",
        "window": "batch_window max_window timeout maximum_batching_window wait",
    },
    "concurrency": {
        "max": "maximum limit max_concurrency maximum_concurrency",
        "pollers": "provisioned",
    },
    "retry": {
        "attempts": "max_attempts maximum_retry_attempts max_retries retries count",
        "max_age": "age maximum_event_age maximum_event_age_in_seconds max_event_age",
    },
    "import": {
        "parameter": "ssm ssm_parameter",
    },
    "publishes[]": {
        "messages": "message",
    },
    "test": {
        "reaches": "expect expects to",
        "not": "not_reaches misses",
        "publish": "send given",
    },
    "test.publish": {
        "example": "examples",
        "payload": "body",
    },
}
"""Where a word belongs here: `timeout` of a consumer is `function.timeout`."""

SAME_AS = {
    "target": "subscription.to",
    "defaults.queues": "queue", "defaults.queues.dead_letter": "deadLetter",
    "defaults.topics": "topic", "defaults.buses": "bus", "defaults.consumers": "consumer",
    "defaults.consumers.function": "function", "bus.archive": "deadLetter",
}  # fmt: skip
"""Parts of the schema with the words of others."""


def synonyms(part: str, word: str) -> tuple[str, ...]:
    """Return where a word belongs in a part of the schema, the likeliest place first."""
    for meant, words in SYNONYMS.get(SAME_AS.get(part, part), {}).items():
        if word in words.split():
            return tuple(meant.split(" | "))
    return ()
