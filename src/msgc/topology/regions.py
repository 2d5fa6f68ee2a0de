"""Opt-in Regions of AWS: those that an account has to switch on.

SNS delivers across Regions under another name where one of the two is an opt-in Region:
https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
"""

from __future__ import annotations

_ENABLED_BY_DEFAULT = frozenset(
    {
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
    }
)
"""The Regions of the partition `aws` that are no opt-in Regions. This list is closed: every Region
that came after 20 March 2019 is one.
https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
"""


def is_opt_in(region: str) -> bool:
    """Whether a Region is one that an account has to switch on; China and GovCloud have none."""
    return not region.startswith(("cn-", "us-gov-")) and region not in _ENABLED_BY_DEFAULT
