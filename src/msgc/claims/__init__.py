"""The places that a messaging.yaml gives to msgc: a folder for each output."""

from msgc.claims.banner import belongs_to
from msgc.claims.check import Claim, check_claims, outside

__all__ = ["Claim", "belongs_to", "check_claims", "outside"]
