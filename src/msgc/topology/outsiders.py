"""Who outside of a service may publish to its places or read from them: IAM's principals."""

from __future__ import annotations

from msgc.record import Record


class AwsService(Record):
    """An AWS service that publishes by itself, such as S3's notifications about a bucket."""

    name: str
    """`s3.amazonaws.com`."""
    source: str | None
    """The ARN of what it publishes for, perhaps with wildcards; None: anything of the account."""
    account: str | None
    """Whose that is; None: the stack's own account."""
    says_account: bool
    """Whether it tells SNS and SQS whose that is, so that a policy can ask."""


class Accounts(Record):
    """AWS accounts, by their ids: whoever they let use it."""

    ids: tuple[str, ...]


class Organizations(Record):
    """All accounts of AWS organizations, by their ids (`o-...`)."""

    ids: tuple[str, ...]


class Principals(Record):
    """Roles and users, by their ARNs, perhaps with wildcards."""

    arns: tuple[str, ...]

    @property
    def accounts(self) -> tuple[str, ...]:
        """Their accounts; none if a wildcard stands for some."""
        found = {arn.split(":")[4] for arn in self.arns}
        return () if any(not each.isdecimal() for each in found) else tuple(sorted(found))


Outsider = AwsService | Accounts | Organizations | Principals
"""Who is let in: a closed union, taken apart by `match` with `assert_never`."""


class Allowed(Record):
    """Whom `allow` of a place lets in."""

    publish: tuple[Outsider, ...] = ()
    subscribe: tuple[Outsider, ...] = ()


NOBODY = Allowed()
