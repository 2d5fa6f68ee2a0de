"""The places that a messaging.yaml gives to msgc: the folders of the stack and of the stubs."""

from msgc.claims.banner import belongs_to
from msgc.claims.check import Claim, check_claims

__all__ = ["Claim", "belongs_to", "check_claims"]
