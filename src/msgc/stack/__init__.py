"""Plan a stack as data before it is text: resources, values and rights."""

from msgc.stack.model import Existing, Resource, Stack
from msgc.stack.plan import plan

__all__ = ["Existing", "Resource", "Stack", "plan"]
