"""A name is longer than AWS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology import ids
from msgc.topology.ends import Place
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of


@rule("MSG603", "error")
def name_too_long(subject: Subject) -> Iterator[Finding]:
    """A name is longer than AWS takes.

    Names in AWS are `<service>-<name>`, with `.fifo` at the end of a FIFO queue or topic and
    `-dlq` of a dead-letter queue: at most 80 characters for a queue, 256 for a topic or a bus.
    Logical ids in the template, such as that of a subscription, have at most 255.

    ```yaml
    queues:
      everything-that-the-warehouse-in-rotterdam-has-to-know-about-orders-abroad:
        {messages: [OrderPlaced], external: true}
    producers:
      shop:
        publishes:
        - queue: everything-that-the-warehouse-in-rotterdam-has-to-know-about-orders-abroad
    ```

    Shorten it, or set the name in AWS with `name`:

    ```yaml
    queues:
      warehouse-orders-from-abroad: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: warehouse-orders-from-abroad}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
    """
    topology = subject.topology
    reported: set[tuple[str, int]] = set()
    for place in subject.places:
        if place.imported is not None:
            continue
        name, longest = place.physical_name, kind_of(place).longest_name
        if len(name) > longest and place.key.place not in reported:
            reported.add(place.key.place)  # its dead-letter queue's name is longer still
            yield found(
                place.place("name"),
                f"the name of {named(place)} in AWS, `{name}`, has {len(name)} characters"
                f"{_sum(topology, place)}, and AWS takes {longest}",
                f"shorten it by {len(name) - longest}, or set another with `name`",
            )
    for resource in subject.stack.resources:
        more = len(subject.stack.logical_id(resource)) - ids.LONGEST
        declared = resource.declared
        if more > 0 and declared.key.place not in reported:
            reported.add(declared.key.place)
            yield found(
                declared.key,
                f"the logical id of the {resource.type} of `{declared.name}`, which is made of the"
                f" names of the service and of what belongs to it, has {ids.LONGEST + more}"
                f" characters, and CloudFormation takes {ids.LONGEST}",
                f"shorten these names by {more}",
            )


def _sum(topology: Topology, place: Place) -> str:
    """Return where the characters come from, where that isn't plain to see: " (8 + 1 + 75)"."""
    head, tail = f"{topology.built_as}-", place.built_as
    if not place.physical_name.startswith(head + tail):
        return ""
    rest = place.physical_name[len(head) + len(tail) :]
    terms = [f"`{topology.built_as}` {len(topology.built_as)}", "`-` 1", f"name {len(tail)}"]
    if rest:
        terms.append(f"`{rest}` {len(rest)}")
    return f" ({' + '.join(terms)})"
