"""A function has an environment variable that Lambda refuses, or that msgc sets (E)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject

RESERVED = frozenset((
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
))  # fmt: skip


@rule("MSG482", "error")
def refused_environment_variable(subject: Subject) -> Iterator[Finding]:
    """A function has an environment variable that Lambda refuses, or that msgc sets itself.

    Names have at least two characters, letters, digits and `_`, and begin with a letter; some
    belong to Lambda. The addresses of what a consumer publishes to are set by msgc.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, environment: {AWS_REGION: eu-west-1}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Choose another name, or read what Lambda sets:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, environment: {HOME_REGION: eu-west-1}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    """
    for consumer in subject.topology.consumers.values():
        if consumer.made is None:
            continue
        used = [(p.target, p.span, "published to") for p in consumer.publishes]
        used += [(queue, consumer.place("reads"), "read") for queue in consumer.reads]
        addresses = {
            subject.links.addresses[place].variable: (span, how)
            for place, span, how in used
            if place in subject.links.addresses
        }
        for name in consumer.made.environment:
            place = consumer.place("function", "environment", name)
            if name in addresses:
                span, how = addresses[name]
                yield found(
                    place,
                    f"msgc sets `{name}` itself",
                    "take it away: it has the address of what the consumer publishes to"
                    if how == "published to"
                    else "take it away: it has the address of what the consumer reads",
                    label(span, f"{how} here"),
                )
            elif name in RESERVED:
                yield found(place, f"`{name}` belongs to Lambda", "choose another name")
            elif not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_]+", name):
                yield found(
                    place,
                    f"Lambda takes no environment variable `{name}`",
                    "use letters, digits and `_`, at least two, and a letter first",
                )
