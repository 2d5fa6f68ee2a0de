"""The output folders that a messaging.yaml gives to msgc under `build`."""

from msgc.claims.banner import belongs_to
from msgc.claims.check import Claim, check_claims, outside

__all__ = ["Claim", "belongs_to", "check_claims", "outside"]
