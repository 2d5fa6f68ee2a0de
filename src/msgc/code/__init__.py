"""Check the user's own code as far as messaging.yaml names it: folders and handlers."""

from msgc.code.check import check_code

__all__ = ["check_code"]
