"""What to do in place of words of other tools that are no setting here, or can't be said yet.

As in `foreign_words`, by the part of the schema in which a word was written.
"""

from __future__ import annotations

from msgc.schema.foreign_words import SAME_AS

ADVICE: dict[str, dict[str, str]] = {
    "outsiders[]": {
        "account accounts account_id aws_account id ids": (
            'an account is its id alone, an entry of the list itself: `["444455556666"]`'
        ),
        "role roles user users principal principals iam aws": (
            "roles and users are given by their ARN: `{arn: arn:aws:iam::444455556666:role/shop}`"
        ),
        "service services": (
            "an AWS service is a producer: `producers: {bucket: {service: s3.amazonaws.com, "
            "publishes: [...]}}`"
        ),
        "organization organizations organisation orgs org_id principal_org_id": (
            "an organization is given by its id: `{org: o-exampleorg1}`"
        ),
    },
    "placeReference": {
        "queue topic bus": "write the name itself, in place of the mapping: `{queue: jobs}`",
        "url queue_url": "a place is found by its ARN or name: `{name: jobs}`",
        "account account_id": (
            "an ARN has account and Region in it: `{arn: arn:aws:sqs:eu-west-1:444455556666:jobs}`"
        ),
    },
    "": {
        "encryption kms kms_key key keys": (
            "a key stands on what it encrypts, or under `defaults`: `defaults: {queues: "
            "{encryption: {key: managed-by-stack}}}`"
        ),
        "schedules schedule cron rate": "a schedule is a subscription with `from: {schedule: ...}`",
        "pipes pipe": "a pipe is a subscription with `from: {queue: ...}`",
        "region regions account accounts": (
            "account and region are those of the stack in your CDK app: "
            "`env=cdk.Environment(account=..., region=...)`"
        ),
        "resources conditions mappings transform aws_template_format_version": (
            "msgc makes the resources of what stands under `queues`, `topics`, `buses`, "
            "`subscriptions` and `consumers`; everything else belongs into your CDK code"
        ),
        "outputs exports": (
            "the ARN of every place is the value of a Systems Manager parameter, "
            "`/<service>/messaging/...`, with nothing to declare"
        ),
        "subscribers": (
            "what handles messages is declared under `consumers`, the edges to it under "
            "`subscriptions`"
        ),
        "provider": (
            "where it is deployed is said in your CDK app; the runtime of all functions in "
            "`defaults: {consumers: {function: {runtime: python3.13}}}`"
        ),
        "custom plugins metadata": "keys of your own start with `x-`",
        "env environment variables vars": (
            "variables of a function stand in its consumer: `function: {environment: "
            "{LOG_LEVEL: INFO}}`; differences between dev and prod will stand in "
            "`environments`, which is not supported yet"
        ),
        "channels channel": (
            "a channel is a topic, a queue or a bus: declare it under `topics`, `queues` or `buses`"
        ),
        "operations": (
            "whatever sends is declared under `producers`, whatever receives under `consumers`"
        ),
        "components": "messages stand under `messages`, each with its `schema`",
        "servers": "there is none to name: AWS has the servers",
        "info": "write `service`, `owner` and `description` at the top of the file",
        "asyncapi": "write `version: 1`",
        "dlq dlqs dead_letter dead_letters dead_letter_queue dead_letter_queues": (
            "a queue has a dead-letter queue of its own, with settings in its `dead_letter`, "
            "or for all in `defaults: {queues: {dead_letter: {after: 5}}}`"
        ),
    },
    "message": {
        "properties fields required": (
            "write a JSON Schema: `schema: {type: object, required: [order_id], properties: "
            "{order_id: {type: string}}}`"
        ),
        "$ref ref": "write `schema: {$ref: schemas/order_placed.json}`",
        "topic topics queue queues bus buses to": (
            "which messages a place has is said there: `topics: {orders: {messages: "
            "[OrderPlaced]}}`"
        ),
    },
    "queue": {
        "type": "a queue is a standard one, unless it has `fifo: true`",
        "content_based_deduplication deduplication": (
            "it is switched on by itself where a message has no `deduplicate_by`; take it out"
        ),
        "throughput high_throughput fifo_throughput_limit deduplication_scope": (
            "write `fifo: {throughput: per-group}`"
        ),
        "policy queue_policy": (
            "the policy follows from the edges and from `publishes`; add statements of your "
            "own to the construct's attribute, in your CDK code"
        ),
        "producers publishers": (
            "whatever publishes is declared under `producers`: `publishes: [{queue: ...}]`"
        ),
        "sqs_managed_sse_enabled sse": (
            "it is encrypted with SQS's own keys, unless `encryption` names another; take it out"
        ),
        "consumers consumer lambda handler function batch_size batch concurrency": (
            "what reads a queue is declared under `consumers`, with `from: {queue: ...}`"
        ),
        "subscriptions subscription subscribe topic topics from source": (
            "what a queue gets from a topic or bus is a subscription: `to: {queue: ...}`"
        ),
        "filter filter_policy": "filters stand on the subscription that feeds the queue",
    },
    "topic": {
        "type": "a topic is a standard one, unless it has `fifo: true`",
        "content_based_deduplication deduplication": (
            "it is switched on by itself where a message has no `deduplicate_by`; take it out"
        ),
        "throughput high_throughput fifo_throughput_limit deduplication_scope": (
            "write `fifo: {throughput: per-group}`"
        ),
        "policy topic_policy": (
            "the policy follows from the edges and from `publishes`; add statements of your "
            "own to the construct's attribute, in your CDK code"
        ),
        "producers publishers": (
            "whatever publishes is declared under `producers`: `publishes: [{topic: ...}]`"
        ),
        "subscriptions subscription subscribers targets endpoints endpoint queues consumers": (
            "what leaves a topic stands under `subscriptions` at the top of the file, with "
            "`from: {topic: ...}`"
        ),
        "filter filter_policy": "filters stand on the subscription",
        "dlq dead_letter dead_letter_queue redrive_policy": (
            "a topic has none; each subscription has a `dead_letter`"
        ),
        "retention retention_period": "a topic keeps nothing: what must be kept goes into a queue",
    },
    "bus": {
        "schedule schedules": "a schedule is a subscription with `from: {schedule: ...}`",
        "policy bus_policy": (
            "the policy follows from the edges and from `publishes`; add statements of your "
            "own to the construct's attribute, in your CDK code"
        ),
        "producers publishers": (
            "whatever publishes is declared under `producers`: `publishes: [{bus: ...}]`"
        ),
        "source sources": (
            "the `source` of what is published stands at the top of the file, or on a "
            "message: `source: com.example.shop`"
        ),
        "rules rule subscriptions subscription targets consumers": (
            "what leaves a bus stands under `subscriptions` at the top of the file, with "
            "`from: {bus: ...}`"
        ),
    },
    "subscription": {
        "disabled": "write `enabled: false`",
        "state": "write `enabled: true`, or `false`",
        "detail": "filters start at the payload: write its fields into `filter`",
        "detail_type": "`messages` says which types take the edge: `messages: [OrderPlaced]`",
        "protocol type": (
            "the key in `to` says it: `to: {queue: ...}`, `to: {https: ...}`, `to: {email: ...}`"
        ),
    },
    "consumer": {
        "stream starting_position bisect_batch_on_function_error parallelization_factor": (
            "a stream is an origin, and its settings stand there or beside it: "
            "`from: {stream: provided, start: latest}`, `bisect: true`, `parallel: 10`"
        ),
        "disabled": "write `enabled: false`",
        "state": "write `enabled: true`, or `false`",
        "detail": "filters start at the payload: write its fields into `filter`",
        "detail_type": "`messages` says which types take the edge: `messages: [OrderPlaced]`",
        "function_response_types function_response_type": (
            "partial failures are reported, unless there is `partial_failures: false`; take it out"
        ),
        "visibility visibility_timeout": (
            "it stands on the queue, and follows from the function's `timeout` if left out"
        ),
        "image package": (
            "a function from a container image is made in your CDK code: write `function: "
            "provided` and hand it over"
        ),
        "name function_name": (
            "the name of a consumer is its key under `consumers`; CloudFormation names the function"
        ),
    },
    "function": {
        "name function_name": (
            "CloudFormation names the function; the construct has it as an attribute"
        ),
        "package image": (
            "a function from a container image is made in your CDK code: write `function: "
            "provided` and hand it over"
        ),
        "batch batch_size": "it stands on the consumer, beside `function`: `batch: {size: 10}`",
        "concurrency max_concurrency": (
            "it stands on the consumer, beside `function`: `concurrency: {max: 20}`"
        ),
        "publishes publish": (
            "it stands on the consumer, beside `function`: `publishes: [{topic: orders}]`"
        ),
        "description": "it stands on the consumer, beside `function`: `description: ...`",
        "from events event": "it stands on the consumer, beside `function`: `from: {queue: jobs}`",
    },
    "producer": {
        "messages events message": (
            "messages stand in an item of `publishes`: `publishes: [{topic: orders, messages: "
            "[OrderPlaced]}]`"
        ),
        "lambda function handler code": (
            "a function that msgc makes is a consumer; for any other, hand its role over: "
            "`role: provided`"
        ),
        "policy": "the policy follows from `publishes`; take it out",
        "source_arn": "`arn` beside `service` says for which resource it publishes",
        "source": (
            "the `source` of what is published stands at the top of the file, or on a "
            "message: `source: com.example.shop`"
        ),
    },
    "message.envelope.cloudevents": {
        "type source": "it is the message's own: `type` and `source` stand beside `envelope`",
        "dataschema data_schema schema": (
            "it is the `$id` of the message's schema, where that is an absolute URI"
        ),
        "specversion datacontenttype data": "it is always the same, and there by itself",
    },
    "message.envelope": {
        "type source id subject time extensions": (
            "attributes of the event stand in `cloudevents`: `{cloudevents: {subject: order_id}}`"
        ),
    },
    "connection": {
        "secret username user password token": (
            "say how the secret is used: `basic: {secret: NAME}`, "
            "`api_key: {header: x-api-key, secret: NAME}` or `oauth: {...}`"
        ),
    },
    "connection.basic": {
        "username user name login password": (
            "both are in the secret, a JSON object with `username` and `password`: "
            "`basic: {secret: partner/login}`"
        ),
    },
    "deadLetter": {
        "enabled": "write `dead_letter: false` for none; it is there by itself otherwise",
    },
    "undelivered": {
        "after max_receive_count": (
            "an edge tries as often as its `retry` says, or as AWS does: it counts no receives"
        ),
    },
    "concurrency": {
        "reserved reserved_concurrency": (
            "reserved concurrency stands in `function`: `function: {reserved: 20}`"
        ),
    },
    "retry": {
        "backoff delay interval": "when AWS tries again is fixed by AWS",
    },
}
"""What to do in place of a word that is no setting."""

POLLING = {
    "dlq redrive redrive_policy dead_letter_config dead_letter_queue on_error": (
        "a queue has a dead-letter queue by itself; what is to be said of it stands on the queue: "
        "`dead_letter: {after: 5}`"
    ),
    "max_retries maximum_retry_attempts max_attempts retry_attempts attempts max_receive_count": (
        "how often a message comes back is said on the queue: `dead_letter: {after: 5}`"
    ),
    "message event_types message_types types detail_type": (
        "a consumer takes all that its queue has; `messages` stands on what feeds the queue"
    ),
    "raw raw_delivery raw_message_delivery": (
        "raw delivery is said on the subscription that feeds the queue, and is the default there"
    ),
}
"""What to do in place of a word of a consumer that polls a queue: the queue has the setting."""


def said(table: dict[str, dict[str, str]], part: str, word: str) -> str | None:
    """Return the sentence that a table has about a word in a part of the schema."""
    return sentence(table.get(SAME_AS.get(part, part), {}), word)


def sentence(sentences: dict[str, str], word: str) -> str | None:
    """Return the sentence for a word."""
    return next((text for words, text in sentences.items() if word in words.split()), None)
