"""What a stack is in each environment, printed, and merged into one module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.emit.cdk.calls import statements
from msgc.emit.cdk.choices import Choices, Expression, in_one_order
from msgc.emit.cdk.environment_names import Naming
from msgc.emit.cdk.expressions import Call, mapping
from msgc.emit.cdk.handles import TYPES, Handles, Type, type_of
from msgc.emit.cdk.module_writer import ModuleWriter, Statement
from msgc.emit.cdk.places import removal_policy
from msgc.emit.cdk.printer import Printer
from msgc.record import Record
from msgc.stack import Stack
from msgc.stack.model import Section
from msgc.topology.environments import Environment


class Argument(Record):
    """An argument of the construct, or an attribute of it."""

    name: str
    attribute: str
    type: str
    description: str = ""
    always: bool = True
    """Whether it is there in every environment."""


class Step(Record):
    """A statement, and the environments in which it is; None for all."""

    statement: Statement
    only: tuple[str, ...] | None = None


class Variants:
    """The stacks of a service, one for each environment; without environments there is one."""

    def __init__(self, out: ModuleWriter, stacks: tuple[Stack, ...]) -> None:
        """Print them for the module that `out` writes."""
        self.stacks = stacks
        self.first = stacks[0]
        self.environments: tuple[Environment, ...] = tuple(
            stack.links.topology.environment
            for stack in stacks
            if stack.links.topology.environment is not None
        )
        self._out = out
        self._printers = {
            stack.environment: Printer(out=out, handles=Handles(stack)) for stack in stacks
        }
        self._items = {
            stack.environment: {each.name: each.items for each in stack.sections}
            for stack in stacks
        }
        in_names = {each.name: each.in_names for each in self.environments}
        self._choices = Choices(naming=Naming(in_names=in_names))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, in one order for all environments."""
        found = {each.name: each for stack in self.stacks for each in stack.sections}
        order = in_one_order([[each.name for each in stack.sections] for stack in self.stacks])
        return tuple(found[name] for name in order)

    def steps(self, section: Section) -> Iterator[Step]:
        """Yield the statements of a section, in one order for all environments."""
        printed = {stack.environment: self._printed(stack, section.name) for stack in self.stacks}
        if len(printed) == 1:
            for statement in printed[self.first.environment]:
                yield Step(statement=statement)
            return
        found = {environment: _keyed(each) for environment, each in printed.items()}
        for key in in_one_order([list(each) for each in found.values()]):
            own = {name: each[key] for name, each in found.items() if key in each}
            value = self._choices.merged({name: each.value for name, each in own.items()})
            only = None if len(own) == len(found) else tuple(own)
            yield Step(
                statement=Statement(name=next(iter(own.values())).name, value=value), only=only
            )

    def _printed(self, stack: Stack, section: str) -> Iterator[Statement]:
        printer = self._printers[stack.environment]
        for item in self._items[stack.environment].get(section, ()):
            yield from statements(printer, item)

    def addresses(self) -> Call:
        """Return the variables of each publisher that finds something, by the publisher's name."""
        found: dict[str, Expression] = {}
        for stack in self.stacks:
            printer = self._printers[stack.environment]
            found[stack.environment] = mapping(
                (each.publisher, printer.value(each.variables))
                for each in stack.variables
                if each.variables
            )
        merged = self._choices.merged(found)
        assert not isinstance(merged, str)  # noqa: S101  # they are mappings
        return merged

    def tags(self) -> Expression | None:
        """Return the tags that the file says for everything; None if there are none."""
        found = {
            stack.environment: self._printers[stack.environment].value(
                {**stack.links.topology.tags}
            )
            for stack in self.stacks
        }
        said = any(stack.links.topology.tags for stack in self.stacks)
        return self._choices.merged(found) if said else None

    def removal(self) -> Expression | None:
        """Return what becomes of what is taken out; None where all of it is kept everywhere."""
        kept = {each.environment: each.links.topology.protected for each in self.stacks}
        if all(kept.values()):
            return None
        found: dict[str, Expression] = {
            name: removal_policy(self._out, "retain" if is_kept else "delete")
            for name, is_kept in kept.items()
        }
        return self._choices.merged(found)

    def arguments(self) -> tuple[Argument, ...]:
        """Return what the app hands over: functions, log groups, roles, each once, and inputs."""
        return _together([self._arguments(stack) for stack in self.stacks])

    def environments_with(self, argument: Argument) -> tuple[str, ...]:
        """Return the environments that need an argument of the app."""
        return tuple(
            stack.environment for stack in self.stacks if argument.name in self._arguments(stack)
        )

    def attributes(self) -> tuple[Argument, ...]:
        """Return the attributes of everything that is made or found."""
        return _together([self._attributes(stack) for stack in self.stacks])

    def _arguments(self, stack: Stack) -> dict[str, Argument]:
        found: dict[str, Argument] = {}
        for existing in stack.existing:
            if existing.argument is not None:
                type_ = _type_of_argument(self._out, TYPES[existing.type])
                name = existing.argument
                found[name] = Argument(name=name, attribute=name, type=type_)
        for given in stack.inputs:
            name, handle = given.name, given.handle
            about = handle.description
            found[name] = Argument(name=name, attribute=handle.name, type="str", description=about)
        return found

    def _attributes(self, stack: Stack) -> dict[str, Argument]:
        found: dict[str, Argument] = {}
        for item in stack.items_by_path.values():
            if item.handle is not None and item.handle.name not in found:
                type_ = type_of(self._out, item)
                if type_ is not None:
                    name, about = item.handle.name, item.handle.description
                    found[name] = Argument(name=name, attribute=name, type=type_, description=about)
        return found


def _together(stacks: list[dict[str, Argument]]) -> tuple[Argument, ...]:
    """Return what the stacks of all environments have, and whether each of them has it."""
    if len(stacks) == 1:
        return tuple(stacks[0].values())
    found = {name: argument for stack in reversed(stacks) for name, argument in stack.items()}
    return tuple(
        found[name].replace(always=all(name in stack for stack in stacks))
        for name in in_one_order([list(stack) for stack in stacks])
    )


def _keyed(printed: Iterable[Statement]) -> dict[tuple[str, int], Statement]:
    """Return the statements of a section by what tells them apart from one another."""
    found: dict[tuple[str, int], Statement] = {}
    counts: dict[str, int] = {}
    for statement in printed:
        key = statement.name or _call(statement.value)
        counts[key] = counts.get(key, -1) + 1
        found[key, counts[key]] = statement
    return found


def _call(value: Expression) -> str:
    """Return a call's function and its first argument: on what it is."""
    if isinstance(value, str):
        return value
    first = value.arguments[0] if value.arguments else ""
    return f"{value.head}{first if isinstance(first, str) else _call(first)}"


def _type_of_argument(out: ModuleWriter, kind: Type) -> str:
    return out.kit(kind.alias) if kind.alias else out.interface(kind.module, kind.interface)
