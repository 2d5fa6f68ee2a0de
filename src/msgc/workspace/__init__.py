"""The messaging files of a repository: which there are, and what one of them imports of another."""

from msgc.workspace.members import copies
from msgc.workspace.workspace import Workspace

__all__ = ["Workspace", "copies"]
