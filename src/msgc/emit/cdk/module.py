"""Write a stack's package: the construct with everything in it, a stack around it, the kit."""

from __future__ import annotations

from msgc.artifact import HASH, Artifact
from msgc.emit.cdk.calls import write
from msgc.emit.cdk.expressions import Call, mapping, new
from msgc.emit.cdk.handles import TYPES, Handles, Type, type_of
from msgc.emit.cdk.kit import kit_artifacts
from msgc.emit.cdk.module_writer import ModuleWriter
from msgc.emit.cdk.printer import Printer
from msgc.emit.outputs import KIT, RUNTIME, STACK, STUBS
from msgc.emit.python_writer import PythonWriter, string
from msgc.links.model import Links
from msgc.record import Record
from msgc.stack import Stack, plan
from msgc.stack.model import Section
from msgc.stack.tagging import of_service
from msgc.topology import names
from msgc.topology.model import Topology


class ProvidedArgument(Record):
    """An argument of the construct."""

    argument: str
    attribute: str
    """What holds it in the construct."""
    type: str


class _Module(Record):
    """What the module of a stack is written from."""

    out: ModuleWriter
    printer: Printer
    stack: Stack
    topology: Topology
    name: str
    about: str
    provided: tuple[ProvidedArgument, ...]


def emit_stack(topology: Topology, links: Links) -> tuple[Artifact, ...]:
    """Return the CDK package of a topology: its module, and the kit beside it."""
    stack = plan(topology, links)
    about = topology.description or f"The messaging of {topology.service}."
    writer = PythonWriter(about, banner=HASH.begin(topology.service))
    out = ModuleWriter(writer=writer)
    module = _Module(
        out=out,
        printer=Printer(out=out, handles=Handles(stack)),
        stack=stack,
        topology=topology,
        name=f"{names.pascal(topology.service)}Messaging",
        about=about,
        provided=_provided(out, stack),
    )
    _write_publishers(module)
    _write_construct(module)
    writer.lines(["", ""])
    _write_stack(module)
    folder = topology.build.path(STACK)
    return (
        Artifact(path=f"{folder}/__init__.py", text=writer.render()),
        *kit_artifacts(folder, topology.build.optional(KIT), topology.service),
    )


def _provided(out: ModuleWriter, stack: Stack) -> tuple[ProvidedArgument, ...]:
    """Return what the app hands over: functions, log groups, roles, each once, and inputs."""
    found: dict[str, str] = {}
    for existing in stack.existing:
        if existing.argument is not None:
            found[existing.argument] = _type_of_argument(out, TYPES[existing.type])
    return (
        *(
            ProvidedArgument(argument=name, attribute=name, type=kind)
            for name, kind in found.items()
        ),
        *(
            ProvidedArgument(argument=each.name, attribute=each.handle.name, type="str")
            for each in stack.inputs
        ),
    )


def _type_of_argument(out: ModuleWriter, kind: Type) -> str:
    return out.kit(kind.alias) if kind.alias else out.interface(kind.module, kind.interface)


def _write_construct(module: _Module) -> None:
    writer, topology = module.out.writer, module.topology
    construct, path = writer.use("constructs", "Construct"), writer.use("pathlib", "Path")
    with writer.block(f"class {module.name}({module.out.kit('Messaging')}):"):
        writer.docstring(module.about)
        writer.line()
        writer.line(f"prefix = {string(names.pascal(topology.built_as))}")
        for tag, value in of_service(topology).items():
            writer.line(f"{tag} = {string(value)}")
        levels = topology.build.path(STACK).count("/") + 1
        writer.line(f"project = {path}(__file__).resolve().parents[{levels}]")
        _write_path(writer, "stubs", topology.build.path(STUBS))
        if shared := topology.build.optional(RUNTIME):
            _write_path(writer, "shared_runtime", shared)
        writer.line()
        _write_attributes(module)
        module.out.write(_signature(module, construct))
        with writer.indented():
            writer.line("super().__init__(scope, construct_id)")
            for one in module.provided:
                writer.line(f"self.{one.attribute} = {one.argument}")
            if topology.tags:
                module.out.write(new("self.tag", module.printer.value({**topology.tags}), "self"))
            for section in module.stack.sections:
                writer.line(f"self.{_method(section)}()")
            writer.line("self.name_resources()")
        _write_environment_for(module)
        for section in module.stack.sections:
            writer.line()
            _write_section(module, section)


def _write_path(writer: PythonWriter, name: str, path: str) -> None:
    written = string(path)
    if len(f"    project / {written}") <= writer.room:
        writer.assignment(name, f"project / {written}")
    else:  # as the formatter has what doesn't fit in brackets either
        writer.lines([f"{name} = (", "    project", f"    / {written}", ")"])


def _write_attributes(module: _Module) -> None:
    writer = module.out.writer
    written: set[str] = set()
    for item in module.stack.items_by_path.values():
        if item.handle is not None:
            kind = type_of(module.out, item)
            if kind is not None and item.handle.name not in written:
                written.add(item.handle.name)
                writer.line(f"{item.handle.name}: {kind}")
                if item.handle.description:
                    writer.docstring(item.handle.description)
    for given in module.stack.inputs:
        writer.line(f"{given.handle.name}: str")
        if given.handle.description:
            writer.docstring(given.handle.description)
    if written or module.stack.inputs:
        writer.line()


def _method(section: Section) -> str:
    kind, _, name = section.name.partition(" ")
    return "_add_" + names.snake(f"{name}-{kind}" if name else kind)


def _signature(module: _Module, construct: str, *more: str) -> Call:
    """Return the signature of a constructor."""
    arguments = ["self", f"scope: {construct}", "construct_id: str"]
    if module.provided:
        arguments += ["*", *(f"{one.argument}: {one.type}" for one in module.provided)]
    return Call(head="def __init__(", arguments=(*arguments, *more), tail=") -> None:")


def _write_section(module: _Module, section: Section) -> None:
    writer = module.out.writer
    with writer.block(f"def {_method(section)}(self) -> None:"):
        writer.docstring(section.about)
        for item in section.items:
            write(module.printer, item)


def _write_environment_for(module: _Module) -> None:
    """Write the method that returns the environment variables of a producer or consumer."""
    writer, environments = module.out.writer, module.stack.environments
    if not environments:
        return
    writer.line()
    with writer.block("def environment_for(self, publisher: Publisher) -> dict[str, str]:"):
        writer.docstring("Return the addresses of a publisher's targets, for its environment.")
        found = mapping(
            (each.publisher, module.printer.value(each.variables))
            for each in environments
            if each.variables
        )
        typed = found.replace(head=f"environments: dict[Publisher, dict[str, str]] = {found.head}")
        module.out.write(typed)
        writer.line("return environments.get(publisher, {})")


def _write_publishers(module: _Module) -> None:
    """Write the alias of the names that `environment_for` knows."""
    known = [string(each.publisher) for each in module.stack.environments]
    if known:
        writer = module.out.writer
        literal = writer.use("typing", "Literal")
        module.out.write(Call(head=f"Publisher = {literal}[", arguments=tuple(known), tail="]"))
        writer.lines(["", ""])


def _write_stack(module: _Module) -> None:
    writer, name = module.out.writer, module.name
    construct, anything = writer.use("constructs", "Construct"), writer.use("typing", "Any")
    with writer.block(f"class {name}Stack({module.out.core('Stack')}):"):
        writer.docstring(f"A stack with `{name}` and nothing else.")
        writer.line()
        module.out.write(_signature(module, construct, f"**kwargs: {anything}"))
        with writer.indented():
            writer.line("super().__init__(scope, construct_id, **kwargs)")
            passed: dict[str, str] = {one.argument: one.argument for one in module.provided}
            module.out.write(new(f"self.messaging = {name}", "self", '"Messaging"', **passed))
