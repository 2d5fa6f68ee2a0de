"""Topics: the stack's own, and handles to those that exist already."""

from __future__ import annotations

from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import listing, new
from msgc.emit.cdk.imports import imported_arn
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Topic
from msgc.topology.units import DEFAULT_TOPIC_SIZE

_OWNERS_ACTIONS = (
    "sns:AddPermission",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListSubscriptionsByTopic",
    "sns:RemovePermission",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
)


def topics(sheet: Sheet) -> Section:
    """Return the section that makes the topics."""
    found = tuple(sheet.topology.topics.values())
    return Section(
        method="_add_topics",
        docstring="Topics: over TLS only, managed by their account.",
        items=found,
        write=_write_topic,
        attributes=tuple(_attribute(sheet, topic) for topic in found),
    )


def _attribute(sheet: Sheet, topic: Topic) -> Attribute:
    own = topic.imported is None
    return Attribute(
        name=naming.attribute_name(topic),
        type=f"{sheet.aws('sns')}.{'Topic' if own else 'ITopic'}",
        description=topic.description or f"The topic `{topic.name}`.",
    )


def _write_topic(sheet: Sheet, topic: Topic) -> None:
    sns, name = sheet.aws("sns"), naming.attribute(topic)
    identifier = string(ids.place(topic))
    if topic.imported is not None:
        arn = imported_arn(sheet, topic.imported)
        sheet.write(new(f"{name} = {sns}.Topic.from_topic_arn", "self", identifier, arn))
        return
    fifo = topic.fifo
    per_group = f"{sns}.FifoThroughputScope.MESSAGE_GROUP" if fifo and fifo.per_group else None
    sheet.write(
        new(
            f"{name} = {sns}.Topic",
            "self",
            identifier,
            topic_name=string(topic.physical_name),
            display_name=string(topic.display_name) if topic.display_name else None,
            fifo="True" if fifo else None,
            content_based_deduplication="True" if topic.content_deduplication else None,
            fifo_throughput_scope=per_group,
            tracing_config=f"{sns}.TracingConfig.ACTIVE" if topic.tracing else None,
            enforce_ssl="True",
        )
    )
    sheet.write(f"_let_owner_manage({name})")
    if topic.max_size != DEFAULT_TOPIC_SIZE:
        sheet.writer.comment("The topic's L2 has no argument for the size of messages.")
        cast = sheet.writer.use("typing", "cast")
        local = f"cfn_{naming.attribute_name(topic)}"
        child = f"{name}.node.default_child"
        sheet.write(new(f"{local} = {cast}", string(f"{sns}.CfnTopic"), child))
        sheet.writer.line(f"{local}.maximum_message_size = {topic.max_size}")


def write_let_owner_manage(sheet: Sheet) -> None:
    """Write the function that gives a topic its owner's statement back."""
    iam = sheet.aws("iam")
    with sheet.writer.block(f"def _let_owner_manage(topic: {sheet.aws('sns')}.Topic) -> None:"):
        sheet.writer.docstring(
            "Keep a topic in its account's hands: a policy of its own (here: TLS only) replaces "
            "the one that SNS gives a new topic.\n\nPublishing isn't part of it: that is granted."
        )
        statement = new(
            f"{iam}.PolicyStatement",
            principals=listing([f"{iam}.AccountRootPrincipal()"]),
            actions=listing(string(action) for action in _OWNERS_ACTIONS),
            resources=listing(["topic.topic_arn"]),
        )
        sheet.write(new("topic.add_to_resource_policy", statement))
