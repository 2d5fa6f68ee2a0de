"""Something in the stack is more than an account may have without asking (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG608", "warning")
def quota_exceeded(subject: Subject) -> Iterator[Finding]:
    r"""Something in the stack is more than an account may have that didn't ask for more.

    AWS raises these quotas when asked; without that, the deployment fails: 300 rules on a bus, and
    200 filter policies on a topic. So it may where a size is within the limit in most Regions, and
    over it in those with long names, as here:

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
            R14: *rule, R15: *rule, R16: *rule,
            FEW: "\
              what-every-warehouse-of-ours-needs-to-know-before-it-can-pac\
              what-every-warehouse-of-ours-needs-to-know-befo"
          }
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Ask AWS in time, or divide what is near the limit:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, reports: {messages: [OrderPlaced], external: true}}
    consumers:
      worker:
        from: {queue: jobs}
        publishes: [{queue: reports}]
        function: {code: worker, environment: {RULES: rules-of-our-warehouses.json}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    """
    for each in subject.exceeded:
        limit, total = each.limit, each.total
        if each.at_least <= limit.most:
            message = (
                f"{total.what} {each.at_least} to {each.at_most} {limit.unit}, by the name of"
                f" the Region, and {limit.service} takes {limit.most}"
            )
        elif limit.adjustable:
            message = (
                f"{total.what} {each.at_least} {limit.unit}, and {limit.service} takes"
                f" {limit.most} in an account that didn't ask for more"
            )
        else:
            continue
        yield found(total.span, message, f"{limit.remedy}; see {limit.source}", *total.labels)
