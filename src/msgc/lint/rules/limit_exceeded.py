"""Something in the stack is more, or larger, than AWS takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Edit
from msgc.lint.rule import Finding, found, rule
from msgc.lint.stack_names import elsewhere
from msgc.lint.subject import Subject

_MANY = 500_000


@rule("MSG607", "error")
def limit_exceeded(subject: Subject) -> Iterator[Finding]:
    r"""Something in the stack is more, or larger, than AWS takes.

    The deployment fails, and no support case lifts the limit: a function's environment has at most
    4096 bytes as JSON, its resource policy 20480; a managed policy has 6144 characters, the inline
    policies of a role have 10240; a template has 200 parameters and 1 MB; a FIFO topic, and one for
    messages of more than 256 KiB, has 100 subscriptions. Sizes are those in the Region with the
    shortest name.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, reports: {messages: [OrderPlaced], external: true}}
    consumers:
      worker:
        from: {queue: jobs}
        publishes: [{queue: reports}]
        function:
          code: worker
          environment: {
            R01: &rule "\
              what-every-warehouse-of-ours-needs-to-know-before-it-can-pack-anything-at-all-\
              what-every-warehouse-of-ours-needs-to-know-before-it-can-pack-anything-at-all-\
              what-every-warehouse-of-ours-needs-to-know-before-it-can-pack-anything-at-all-",
            R02: *rule, R03: *rule, R04: *rule, R05: *rule, R06: *rule, R07: *rule,
            R08: *rule, R09: *rule, R10: *rule, R11: *rule, R12: *rule, R13: *rule,
            R14: *rule, R15: *rule, R16: *rule, R17: *rule,
          }
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Divide what is too large, or put it where there is room:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, reports: {messages: [OrderPlaced], external: true}}
    consumers:
      worker:
        from: {queue: jobs}
        publishes: [{queue: reports}]
        function: {code: worker, environment: {RULES: rules-of-our-warehouses.json}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    """
    for each in subject.exceeded:
        limit, total = each.limit, each.total
        if _is_overfull(subject, total.stack):
            continue  # `too_many_resources` says so, and that there is too much follows
        if each.at_least > limit.most and not limit.adjustable:
            fix = () if total.stack is None else _offered(subject, total.stack, limit.most)
            remedy = limit.remedy
            if total.stack is not None:
                remedy = elsewhere(total.stack, is_shown=bool(fix))
            yield found(
                total.span,
                f"{total.what} {_number(each.at_least)} {limit.unit}, and {limit.service} takes"
                f" {_number(limit.most)}",
                f"{remedy}; see {limit.source}",
                *total.labels,
            ).replace(fix=fix)


def _number(found: int) -> str:
    """Return a number so that its digits needn't be counted."""
    return f"{found:,}" if found >= _MANY else str(found)


def _is_overfull(subject: Subject, stack: str | None) -> bool:
    limit = subject.resource_limit
    full = (p for p in subject.parts if limit is not None and len(p.resources) > limit)
    return stack is not None and any(part.name == stack for part in full)


def _offered(subject: Subject, stack: str, limit: int) -> tuple[Edit, ...]:
    """Return the edits of the section `stacks` with which the template is smaller."""
    from msgc.lint.stacks_offered import sizes, stacks_offered  # noqa: PLC0415  # few are so large

    return stacks_offered(subject, stack, sizes(subject, limit))
