"""The output folders that a messaging.yaml gives to msgc under `build`."""

from msgc.claims.banner import belongs_to
from msgc.claims.check import Claim, bases, check_claims, outside

__all__ = ["Claim", "bases", "belongs_to", "check_claims", "outside"]
