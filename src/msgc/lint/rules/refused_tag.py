"""AWS refuses a tag of the file (E)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.stack.tagging import of_service, takes
from msgc.topology.declared import Declared
from msgc.tree import Mapping, Scalar

_MOST = 50
"""Tags on a resource."""


@rule("MSG651", "error")
def refused_tag(subject: Subject) -> Iterator[Finding]:
    """AWS refuses a tag of the file.

    Names and values are letters, digits, spaces and `_.:/=+-@`. No name begins with `aws:`, and a
    resource has at most 50 of them. IAM takes `Owner` and `owner` for the same name, and refuses a
    role that has both: of a whole file, names differ by more than upper and lower case. `service`
    is msgc's own tag, and so is `owner` where the file says who that is.

    ```yaml
    tags: {Service: shop, cost-center: "4711"}
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Take another name, or take the tag away:

    ```yaml
    tags: {cost-center: "4711"}
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
    """
    topology = subject.topology
    own = of_service(topology)
    above = _named(topology.root.get("tags"))
    nodes = [_node(each) for each in subject.settled]
    told: set[Hashable] = set()
    for node, top in ((topology.root.get("tags"), {}), *((node, above) for node in nodes)):
        for finding in _of(node, own, top):
            if finding.span.place not in told:
                told.add(finding.span.place)
                yield finding


def _node(declared: Declared) -> object:
    return declared.node.get("tags") if isinstance(declared.node, Mapping) else None


def _named(node: object) -> dict[str, Scalar]:
    """Return the names of tags, by what IAM takes them for."""
    if not isinstance(node, Mapping):
        return {}
    return {key.text.lower(): key for key, _ in node.items()}


def _of(node: object, own: dict[str, str], above: dict[str, Scalar]) -> Iterator[Finding]:
    """Yield what is wrong with some tags, which come on top of others."""
    if not isinstance(node, Mapping):
        return
    here: dict[str, Scalar] = {}
    for key, value in node.items():
        folded = key.text.lower()
        yield from _refused(key.text, key.span, "name")
        if isinstance(value, Scalar):
            yield from _refused(value.text, value.span, "value")
        if folded.startswith("aws:"):
            yield found(
                key.span,
                f"a tag can't be called `{key.text}`: AWS keeps what begins with `aws:` for itself",
                "take another name",
            )
        elif folded in own:
            yield found(
                key.span,
                f"`{key.text}` is the tag `{folded}`, which everything has already",
                f"take it away: what it says is `{folded}` at the top of the file",
            )
        elif (other := here.get(folded) or _other(key, above.get(folded))) is not None:
            yield found(
                key.span,
                f"`{key.text}` and `{other.text}` are the same tag for IAM, which refuses both",
                "write it one way",
                label(other.span, "the other one"),
            )
        here.setdefault(folded, key)
    count = len(own) + len(above.keys() | here.keys())
    if count > _MOST:
        yield found(
            node.span,
            f"with these a resource has {count} tags, and AWS takes {_MOST}",
            "take some away; `service` and `owner` are among them",
        )


def _other(key: Scalar, above: Scalar | None) -> Scalar | None:
    """Return the tag of the whole file that is this one in another spelling."""
    return above if above is not None and above.text != key.text else None


def _refused(text: str, span: Span, what: str) -> Iterator[Finding]:
    if not takes(text):
        wrong = next(character for character in text if not takes(character))
        yield found(
            span,
            f"`{wrong}` can't stand in the {what} of a tag",
            "AWS takes letters, digits, spaces and `_.:/=+-@`",
        )
