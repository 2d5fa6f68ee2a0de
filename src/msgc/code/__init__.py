"""The user's own code, as far as messaging.yaml names it: folders and handlers of functions."""

from msgc.code.check import check_code

__all__ = ["check_code"]
