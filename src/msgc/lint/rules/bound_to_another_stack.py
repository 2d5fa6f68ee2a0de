"""Something uses what can't be found from another stack (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import listing
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.stack.placement.crossings import Crossing, crossings
from msgc.topology.declared import Declared

_TOGETHER = "name the edges in one stack, under `subscriptions`"
_APART = (
    "let them lie in one stack; or write an edge for each target, and name a dead-letter queue that"
    " lies there, too"
)
_NOUNS = {
    "AWS::Events::ApiDestination": ("API destination", _TOGETHER),
    "AWS::Events::Connection": ("connection", _TOGETHER),
    "AWS::Events::Rule": ("rule", _APART),
    "AWS::Lambda::Function": ("function", "let them lie in one stack"),
    "AWS::Logs::LogGroup": ("log group", _TOGETHER),
}
_UNKNOWN = ("resource", "let them lie in one stack")


@rule("MSG538", "error")
def bound_to_another_stack(subject: Subject) -> Iterator[Finding]:
    """Something uses what can't be found from another stack.

    A stack finds a queue, a topic or a bus of another one by its name. Rules, functions and API
    destinations have no name of their own, as nothing could replace them under it. So these lie in
    one stack:

    - a rule, and the queues that it sends to, its dead-letter queue among them: their policies name
      it;
    - a rule, and all functions that are its targets;
    - a pipe, and the functions that it asks and that it ends at;
    - edges to one API destination, or to one log group.

    ```yaml
    buses: {company: {messages: [OrderPlaced]}}
    queues: {audit: {external: subscribe}, invoicing: {external: subscribe}}
    subscriptions:
      orders: {from: {bus: company}, to: [{queue: audit}, {queue: invoicing}]}
    producers: {shop: {publishes: [{bus: company}]}}
    stacks:
      billing: {queues: [invoicing]}
    ```

    Let them lie in one stack, or write an edge for each:

    ```yaml
    buses: {company: {messages: [OrderPlaced]}}
    queues: {audit: {external: subscribe}, invoicing: {external: subscribe}}
    subscriptions:
      orders-to-audit: {from: {bus: company}, to: {queue: audit}}
      orders-to-invoicing: {from: {bus: company}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{bus: company}]}}
    stacks:
      billing: {queues: [invoicing]}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-rule.html
    """
    bound: dict[Declared, list[Crossing]] = {}
    for each in crossings(subject.stack):
        if each.place is None:
            bound.setdefault(each.to.declared, []).append(each)
    for owner, found_ in bound.items():
        yield _bound(owner, found_)


def _bound(owner: Declared, crossing: list[Crossing]) -> Finding:
    first = crossing[0]
    noun, helps = _NOUNS.get(first.to.type, _UNKNOWN)
    users = {
        each.declared.key.place: (each.declared, each.stack)
        for each in reversed(crossing)
        if each.declared is not owner
    }  # of a list of targets there are several edges, in one place
    named = [f"`{user.name}` in `{stack}`" for user, stack in users.values()]
    listed = listing(named, "and")
    return found(
        owner.key,
        f"`{owner.name}` lies in `{first.to.stack}`, and its {noun} has no name by which"
        f" {listed or f'`{first.stack}`'} could know it",
        helps,
        *(label(user.key, f"in `{stack}`") for user, stack in users.values()),
    )
