"""Check the user's own code as far as messaging.yaml names it: folders and handlers."""

from msgc.code.check import FunctionCode, check_code, function_code

__all__ = ["FunctionCode", "check_code", "function_code"]
