"""Who outside of a service may publish to its places or read from them: IAM's principals."""

from __future__ import annotations

from msgc.record import Record
from msgc.topology.deferred import Text, deferred, spelling


class AwsService(Record):
    """An AWS service that publishes by itself, such as S3's notifications about a bucket."""

    name: str
    """`s3.amazonaws.com`."""
    source: Text | None
    """The ARN of what it publishes for, perhaps with wildcards; None: anything of the account."""
    account: Text | None
    """Whose that is; None: the stack's own account."""
    says_account: bool
    """Whether it tells SNS and SQS whose that is, so that a policy can ask."""


class Accounts(Record):
    """AWS accounts, by their ids: whoever they let use it."""

    ids: tuple[Text, ...]


class Organizations(Record):
    """All accounts of AWS organizations, by their ids (`o-...`)."""

    ids: tuple[Text, ...]


class Principals(Record):
    """Roles and users, by their ARNs, perhaps with wildcards."""

    arns: tuple[Text, ...]

    @property
    def accounts(self) -> tuple[Text, ...]:
        """Their accounts; none if a wildcard stands for some, or an input for a whole ARN."""
        found = {account_in(arn) for arn in self.arns}
        ids = sorted((account for account in found if account is not None), key=spelling)
        return () if None in found else tuple(ids)


def account_in(arn: Text) -> Text | None:
    """Return the account in an ARN; None if it has none, or if that isn't one but any."""
    parts = spelling(arn).split(":")
    account = deferred(parts[4]) if len(parts) > _ACCOUNT else ""
    is_one = account and (not isinstance(account, str) or account.isdecimal())
    return account if is_one else None


_ACCOUNT = 4
"""Where it stands between the colons of an ARN."""


Outsider = AwsService | Accounts | Organizations | Principals
"""Who is let in: a closed union, taken apart by `match` with `assert_never`."""


class Allowed(Record):
    """Whom `allow` of a place lets in."""

    publish: tuple[Outsider, ...] = ()
    subscribe: tuple[Outsider, ...] = ()


NOBODY = Allowed()
