"""An address is needed in parts, and CloudFormation reads it last of all (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.deferred import Text, known
from msgc.topology.narrowing import as_outside, kind_of
from msgc.topology.settings import parameter_in


@rule("MSG632", "error")
def parameter_read_too_late(subject: Subject) -> Iterator[Finding]:
    """A part of an ARN is needed, and the name of the parameter that has it has placeholders.

    A parameter with a fixed name is read before anything is made, and CloudFormation can take the
    ARN apart. One whose name has placeholders is read by a dynamic reference, which stays as it is
    to the very end: the whole ARN can be used, and no part of it. Publishers need a queue's URL,
    which is made of Region, account and name, and rules want a log group's ARN with another end.

    ```yaml
    inputs: {stage: {}}
    queues: {jobs: {import: {parameter: "/${stage}/queues/jobs"}, messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Give the ARN itself or the name, or have the parameter's name fixed:

    ```yaml
    inputs: {stage: {}}
    queues: {jobs: {import: {name: "${stage}-jobs"}, messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
    """
    for queue in subject.topology.queues.values():
        if _is_late(parameter_in(queue.imported)) and subject.graph.publishers_to(queue):
            yield found(
                queue.place("import", "parameter"),
                f"publishers need the URL of {named(queue)}, which can't be made of an ARN that is"
                " read so late",
                'write `name: "..."` or `arn: "..."` in place of `parameter`',
            )
    for made in subject.links.event_rules:
        end = as_outside(made.target)
        if end is None or not made.edge.delivery.wants_bare_arn:
            continue
        if _is_late(parameter_in(end.address)):
            yield found(
                made.edge.place("to", kind_of(end).word, "parameter"),
                f"a rule needs the name of the {end.kind.noun}, which can't be taken from an ARN"
                " that is read so late",
                'write `name: "..."` or `arn: "..."` in place of `parameter`',
            )


def _is_late(parameter: Text | None) -> bool:
    return parameter is not None and known(parameter) is None
