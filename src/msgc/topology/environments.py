"""`Environment`: one of the accounts or stages in which a service is deployed."""

from __future__ import annotations

from typing import Final

from msgc.topology.declared import Declared

UNPROTECTED: Final = "dev"
"""The environment of this name alone is not protected, unless the file says so."""


class Environment(Declared):
    """An environment of a file: what its names end in, and where it is deployed."""

    account: str | None
    """The account's id, if the file has it."""
    region: str | None
    protected: bool
    """Whether what holds messages is kept when it is taken out."""
    plain: bool
    """Whether names are as in a file without environments."""
    values: dict[str, str]
    """What it gives for inputs, by their names."""

    @property
    def in_names(self) -> str:
        """What stands for it in names: the name under which it was first deployed, or nothing."""
        return "" if self.plain else self.built_as

    @property
    def suffix(self) -> str:
        """What physical names end in: `-prod`."""
        return self.in_names and f"-{self.in_names}"

    @property
    def root(self) -> str:
        """What the names of parameters begin with: `/prod`."""
        return self.in_names and f"/{self.in_names}"


def suffix_of(environment: Environment | None) -> str:
    """Return what physical names end in; nothing without environments."""
    return environment.suffix if environment is not None else ""


def root_of(environment: Environment | None) -> str:
    """Return what the names of parameters begin with; nothing without environments."""
    return environment.root if environment is not None else ""
