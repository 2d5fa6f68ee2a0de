"""The places that a messaging.yaml gives to msgc: the stack's file and the stubs' folder."""

from msgc.claims.check import Claim, check_claims

__all__ = ["Claim", "check_claims"]
