"""Logical ids: what each resource is called in the template, from service, kind and YAML name.

Nothing else goes in, so that an id stays when the construct moves, or when something else comes to
stand beside it. CDK's own ids end in a hash of the path from the stack.
"""

from __future__ import annotations

from typing import assert_never

from msgc.topology import names
from msgc.topology.deferred import declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Place, Publisher, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.narrowing import identity
from msgc.topology.origins import Stream
from msgc.topology.settings import (
    ByArn,
    ByName,
    ByParameter,
    ClaimTable,
    Key,
    PayloadBucket,
    Provided,
    argument_in,
    written_arn,
)

LONGEST = 255
"""Characters in a logical id, all of them letters and digits.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
"""


def logical_id(service: str, *path: str) -> str:
    """Return `CheckoutOrdersTopicPolicy` for the element `OrdersTopic/Policy` of `checkout`."""
    return names.pascal(service) + "".join(path)


def place(found: Place) -> str:
    """Return `ReceiptsQueue`, `ReceiptsDlq`, `OrdersTopic`, `CommerceBus`."""
    return names.pascal(found.built_as) + place_suffix(found).capitalize()


def stem(found: Place) -> str:
    """Return what ids of others call a place: `Receipts`; an address by what follows from it."""
    return names.pascal(found.stem or found.built_as)


def end(found: Place) -> str:
    """Return `ReceiptsQueue` as ids of others have it."""
    return stem(found) + place_suffix(found).capitalize()


def place_suffix(found: Place) -> str:
    """Return the word for a kind of place; a derived dead-letter queue ends in `-dlq` already."""
    match found:
        case Queue():
            return "" if found.kind == "dead-letter" else "queue"
        case Topic():
            return "topic"
        case Bus():
            return "bus"
        case _:
            assert_never(found)


def parameter(found: Place) -> str:
    """Return `OrdersTopicParameter`."""
    return f"{place(found)}Parameter"


def bus_policy(bus: Bus, who: str) -> str:
    """Return `CommerceBusFromShopPolicy`: one of the statements of a bus's policy."""
    return f"{place(bus)}{who}Policy"


def archive(bus: Bus) -> str:
    """Return `CommerceArchive`."""
    return f"{names.pascal(bus.built_as)}Archive"


def key(found: Key) -> str:
    """Return `MessagingKey`, of a KMS key; of one that is handed over, after its argument."""
    argument = argument_in(found.address)
    if argument is None:
        return f"{names.pascal(found.name.removesuffix('-key'))}Key"
    return names.pascal(argument.replace("_", "-"))


def claim_table(found: ClaimTable) -> str:
    """Return `IdempotencyTable`; of one that is handed over, after its argument."""
    argument = argument_in(found.address)
    return "IdempotencyTable" if argument is None else names.pascal(argument.replace("_", "-"))


def payload_bucket(found: PayloadBucket) -> str:
    """Return `PayloadsBucket`; of one that is handed over, after its argument."""
    argument = argument_in(found.address)
    return "PayloadsBucket" if argument is None else names.pascal(argument.replace("_", "-"))


def schemas(bus: Bus) -> str:
    """Return `CommerceBusSchemas`: the registry of what is put on a bus."""
    return f"{place(bus)}Schemas"


def schema(bus: Bus, message: Message) -> str:
    """Return `CommerceBusOrderPlacedSchema`."""
    return f"{place(bus)}{message.built_as}Schema"


def bus_logs(bus: Bus) -> str:
    """Return `CommerceBusLogs`: where CloudWatch Logs delivers what is logged about a bus."""
    return f"{place(bus)}Logs"


def function(consumer: Consumer) -> str:
    """Return `InvoicingFunction`."""
    return f"{names.pascal(consumer.built_as)}Function"


def log_group(consumer: Consumer) -> str:
    """Return `InvoicingFunctionLogGroup`."""
    return f"{function(consumer)}LogGroup"


def mapping(consumer: Consumer, queue: Queue) -> str:
    """Return `InvoicingFromOrdersQueueMapping`, of an event source mapping."""
    return f"{names.pascal(consumer.built_as)}From{end(queue)}Mapping"


def mapping_handle(consumer: Consumer, queue: Queue) -> str:
    """Return `invoicing_from_orders_queue_mapping`, the attribute of an event source mapping."""
    given = argument_in(queue.imported) if queue.stem else None
    named = (given or "").replace("_", "-") or queue.stem or queue.name
    suffix = place_suffix(queue).capitalize()
    return names.snake(f"{names.pascal(consumer.name)}From{names.pascal(named)}{suffix}Mapping")


def stream_mapping(edge: Subscription, consumer: Consumer) -> str:
    """Return `ProjectionFromStreamMapping`: of a subscription, its name comes first."""
    own = "" if edge.built_as == consumer.built_as else names.pascal(edge.built_as)
    return f"{own}{names.pascal(consumer.built_as)}FromStreamMapping"


def stream_mapping_handle(edge: Subscription, consumer: Consumer) -> str:
    """Return `projection_from_stream_mapping`, the attribute of a mapping on a stream."""
    own = "" if edge.name == consumer.name else names.pascal(edge.name)
    return names.snake(f"{own}{names.pascal(consumer.name)}FromStreamMapping")


def stream(stream: Stream) -> str:
    """Return `CreatedStream`, of a table or stream that is handed over: after its argument."""
    return names.pascal(argument_in(stream.address) or f"{stream.name}-stream")


def invoke_config(consumer: Consumer) -> str:
    """Return `FraudEventInvokeConfig`: what becomes of asynchronous invocations that fail."""
    return f"{names.pascal(consumer.built_as)}EventInvokeConfig"


def has_invoke_config(consumer: Consumer) -> bool:
    """Whether a consumer's function has an event invoke config."""
    return consumer.function.retries is not None or consumer.on_failure is not None


def rule(edge: Subscription) -> str:
    """Return `BigOrdersRule`."""
    return f"{names.pascal(edge.built_as)}Rule"


def pipe(edge: Subscription) -> str:
    """Return `BigOrdersPipe`."""
    return f"{names.pascal(edge.built_as)}Pipe"


def pipe_role(edge: Subscription) -> str:
    """Return `BigOrdersPipeRole`: with it a pipe reads, asks and delivers."""
    return f"{pipe(edge)}Role"


def permission(delivery: str, *, regional: bool = False) -> str:
    """Return `BigOrdersRulePermission`: of the function that a subscription or rule invokes.

    `regional` is the second one, for SNS under the name that it has in an opt-in Region.
    """
    return f"{delivery}{'Regional' if regional else ''}Permission"


def delivery(edge: Subscription, target: str) -> str:
    """Return what ids of the delivery to one target of a rule begin with.

    `FindingsRule`; of one in a list of targets, `FindingsRuleAlertsTopic`.
    """
    return rule(edge) if edge.index is None else f"{rule(edge)}{target}"


def schedule(edge: Subscription) -> str:
    """Return `NightlySchedule`."""
    return f"{names.pascal(edge.built_as)}Schedule"


def security_group(consumer: Consumer) -> str:
    """Return `InvoicingFunctionSecurityGroup`, of a function in a VPC."""
    return f"{function(consumer)}SecurityGroup"


def role(publisher: Publisher) -> str:
    """Return `ShopRole`, of a role that exists."""
    return f"{names.pascal(publisher.built_as)}Role"


def existing_role(publisher: Publisher, found: Provided | ByArn) -> str:
    """Return the id of a role that exists: that of one argument is one, whoever has it."""
    return names.pascal(argument_in(found) or f"{publisher.built_as}-role")


def role_policy(publisher: Publisher) -> str:
    """Return `ShopRolePolicy`: the inline policy of a role that exists."""
    return f"{role(publisher)}Policy"


def managed_policy(publisher: Publisher) -> str:
    """Return `BackOfficeManagedPolicy`, for a role elsewhere."""
    return f"{names.pascal(publisher.built_as)}ManagedPolicy"


def policy_parameter(publisher: Publisher) -> str:
    """Return `BackOfficePolicyParameter`: where others find the ARN of a managed policy."""
    return f"{names.pascal(publisher.built_as)}PolicyParameter"


def outside(end: Outside) -> str:
    """Return `AuditLogGroup`, of an end that the file doesn't declare."""
    return f"{names.pascal(declared(end.text or ''))}{names.pascal(end.kind.word)}"


def outside_handle(end: Outside) -> str:
    """Return the attribute of an end that the file doesn't declare."""
    return outside_attribute(end, end.tag)


def outside_target(end: Outside) -> str:
    """Return what ids of an edge call an end that exists: by its address, and nothing beside it."""
    return names.pascal(outside_built_as(end, names.digest(repr(identity(end))).lower()))


def outside_built_as(end: Outside, tag: str) -> str:
    """Return what an end was called when it was first built: an argument may be renamed since."""
    match end.address:
        case Provided() as given:
            return given.built_as
        case ByArn() | ByParameter() | ByName() | None:
            return outside_attribute(end, tag)
        case _:
            assert_never(end.address)


def outside_attribute(end: Outside, tag: str) -> str:
    """Return it by the end's own name, or the argument's; a tag keeps two of one name apart."""
    match end.address:
        case Provided(argument=argument):
            return argument
        case ByArn(arn=found) | ByParameter(parameter=found) | ByName(name=found):
            name = declared(found).split(":", 5)[-1].removeprefix(end.kind.arn[1])
            if end.kind.is_called and written_arn(end.address):  # behind it is an id of AWS's
                name = name.partition("/")[0]
            own = f"{name}-{tag}" if tag else name
            return names.snake(f"{own}-{end.kind.word}").lstrip("_")
        case None:
            text = declared(end.text or "")
            named = names.host(text).lower() if end.kind.is_called else text
            return names.snake(f"{named}-{end.kind.word}").lstrip("_")
        case _:
            assert_never(end.address)


LOG_GROUPS = "LogGroups"
"""The construct of the one resource policy of log groups."""
