"""Write the module of a stack: the construct with everything in it, and a stack around it."""

from __future__ import annotations

from itertools import groupby

from msgc.artifact import HASH
from msgc.emit.cdk.expressions import Call, listing, mapping, new
from msgc.emit.cdk.module_writer import ModuleWriter, Statement
from msgc.emit.cdk.variants import Argument, Variants
from msgc.emit.outputs import RUNTIME, STACK, STUBS
from msgc.emit.python_writer import PythonWriter, string
from msgc.record import Record
from msgc.stack import Stack
from msgc.stack.model import Section
from msgc.stack.tagging import of_service
from msgc.topology import names
from msgc.topology.model import Topology


class Other(Record):
    """Another stack of the service, which is deployed before this one."""

    module: str
    construct: str
    """The class of its construct."""
    argument: str
    """With which it is handed over: `main_messaging`."""


class _Module(Record):
    """What the module of a stack is written from."""

    out: ModuleWriter
    variants: Variants
    topology: Topology
    name: str
    about: str
    arguments: tuple[Argument, ...]
    after: tuple[Other, ...]


def module_text(
    stacks: tuple[Stack, ...], name: str, about: str, after: tuple[Other, ...] = ()
) -> str:
    """Return the text of a module with a construct, `name`, and a stack around it.

    `stacks` are those of each environment.
    """
    topology = stacks[0].links.topology
    writer = PythonWriter(about, banner=HASH.begin(topology.service))
    out = ModuleWriter(writer=writer)
    each = Variants(out, stacks)
    module = _Module(
        out=out,
        variants=each,
        topology=topology,
        name=name,
        about=about,
        arguments=each.arguments(),
        after=after,
    )
    _write_literals(module)
    _write_construct(module)
    writer.lines(["", ""])
    _write_stack(module)
    return writer.render()


def _write_construct(module: _Module) -> None:
    writer, topology = module.out.writer, module.topology
    construct = writer.use("constructs", "Construct")
    with writer.block(f"class {module.name}({module.out.kit('Messaging')}):"):
        writer.docstring(module.about)
        writer.line()
        _write_service(writer, topology)
        _write_environments(module)
        writer.line()
        _write_attributes(module)
        module.out.write(_signature(module, construct))
        with writer.indented():
            if module.variants.environments:
                writer.line("super().__init__(scope, construct_id, environment)")
                writer.line("self.environment = environment")
            else:
                writer.line("super().__init__(scope, construct_id)")
            for other in module.after:
                writer.line(f"self.deploy_after({other.argument})")
            for one in module.arguments:
                module.out.state(Statement(name=one.attribute, value=_given(module, one)))
            if (tags := module.variants.tags()) is not None:
                module.out.write(new("self.tag", "self", tags=tags))
            if (removal := module.variants.removal()) is not None:
                module.out.state(Statement(name="removal", value=removal))
            for section in module.variants.sections:
                writer.line(f"self.{_method(section)}()")
            writer.line("self.name_resources()")
        _write_environment_for(module)
        for section in module.variants.sections:
            writer.line()
            _write_section(module, section)


def _write_service(writer: PythonWriter, topology: Topology) -> None:
    """Write what is said of the service, and where its files are."""
    path = writer.use("pathlib", "Path")
    writer.line(f"prefix = {string(names.pascal(topology.built_as))}")
    for tag, value in of_service(topology).items():
        if tag != "environment":
            writer.line(f"{tag} = {string(value)}")
    levels = topology.build.path(STACK).count("/") + 1
    writer.line(f"project = {path}(__file__).resolve().parents[{levels}]")
    _write_path(writer, "stubs", topology.build.path(STUBS))
    if shared := topology.build.optional(RUNTIME):
        _write_path(writer, "shared_runtime", shared)


def _given(module: _Module, argument: Argument) -> str | Call:
    """Return what an attribute is that the app gives: one of some environments only is checked."""
    if argument.always:
        return argument.name
    needed = listing(string(name) for name in module.variants.environments_with(argument))
    return new("self.given", string(argument.name), argument.name, needed)


def _write_environments(module: _Module) -> None:
    """Write what is said of environments: where they are, and what they are in names."""
    environments = module.variants.environments
    homes = [
        (
            each.name,
            new(module.out.kit("Home"), account=_text(each.account), region=_text(each.region)),
        )
        for each in environments
        if each.account or each.region
    ]
    others = [
        (each.name, string(each.in_names)) for each in environments if each.in_names != each.name
    ]
    if homes:
        found = mapping(homes)
        module.out.write(_shared(module, "homes", module.out.kit("Home"), found))
    if others:
        found = mapping(others)
        module.out.write(_shared(module, "in_names", "str", found))


def _shared(module: _Module, name: str, of: str, found: Call) -> Call:
    """Return an attribute of the class that is a dictionary."""
    writer = module.out.writer
    class_var = writer.use("typing", "ClassVar")
    mapped = writer.use("collections.abc", "Mapping")
    return found.replace(head=f"{name}: {class_var}[{mapped}[str, {of}]] = {found.head}")


def _text(found: str | None) -> str | None:
    return None if found is None else string(found)


def _write_path(writer: PythonWriter, name: str, path: str) -> None:
    written = string(path)
    if len(f"    project / {written}") <= writer.room:
        writer.assignment(name, f"project / {written}")
    else:  # as the formatter has what doesn't fit in brackets either
        writer.lines([f"{name} = (", "    project", f"    / {written}", ")"])


def _write_attributes(module: _Module) -> None:
    writer = module.out.writer
    attributes = module.variants.attributes()
    inputs = tuple(one for one in module.arguments if one.name != one.attribute)
    if module.variants.environments:
        writer.line("environment: Environment")
    for each in attributes:
        writer.line(f"{each.attribute}: {each.type}" + ("" if each.always else " | None = None"))
        if each.description:
            writer.docstring(each.description)
    for each in inputs:
        writer.line(f"{each.attribute}: {each.type}")
        if each.description:
            writer.docstring(each.description)
    if attributes or inputs or module.variants.environments:
        writer.line()


def _method(section: Section) -> str:
    kind, _, name = section.name.partition(" ")
    return "_add_" + names.snake(f"{name}-{kind}" if name else kind)


def _signature(module: _Module, construct: str, *more: str) -> Call:
    """Return the signature of a constructor."""
    arguments = ["self", f"scope: {construct}", "construct_id: str"]
    environment = ["environment: Environment"] if module.variants.environments else []
    needed = [f"{one.name}: {one.type}" for one in module.arguments if one.always]
    others = [f"{one.name}: {one.type} | None = None" for one in module.arguments if not one.always]
    first = [
        f"{one.argument}: {module.out.writer.use(f'.{one.module}', one.construct)} | None"
        for one in module.after
    ]
    if given := (*environment, *first, *needed, *others):
        arguments += ["*", *given]
    return Call(head="def __init__(", arguments=(*arguments, *more), tail=") -> None:")


def _write_section(module: _Module, section: Section) -> None:
    writer = module.out.writer
    with writer.block(f"def {_method(section)}(self) -> None:"):
        writer.docstring(section.about)
        for only, steps in groupby(module.variants.steps(section), key=lambda step: step.only):
            if only is None:
                for step in steps:
                    module.out.state(step.statement)
                continue
            is_it = (
                f"== {string(only[0])}"
                if len(only) == 1
                else f"in ({', '.join(map(string, only))})"
            )
            with writer.block(f"if self.environment {is_it}:"):
                for step in steps:
                    module.out.state(step.statement)


def _write_environment_for(module: _Module) -> None:
    """Write the method that returns the environment variables of a producer or consumer."""
    writer = module.out.writer
    if not module.variants.first.variables:
        return
    writer.line()
    with writer.block("def environment_for(self, publisher: Publisher) -> dict[str, str]:"):
        writer.docstring("Return the addresses of a publisher's targets, for its environment.")
        found = module.variants.addresses()
        typed = found.replace(head=f"environments: dict[Publisher, dict[str, str]] = {found.head}")
        module.out.write(typed)
        writer.line("return environments.get(publisher, {})")


def _write_literals(module: _Module) -> None:
    """Write the aliases of the names that the construct and `environment_for` know."""
    known = {
        "Environment": [string(each.name) for each in module.variants.environments],
        "Publisher": [string(each.publisher) for each in module.variants.first.variables],
    }
    written = False
    for name, values in known.items():
        if values:
            literal = module.out.writer.use("typing", "Literal")
            module.out.write(Call(head=f"{name} = {literal}[", arguments=tuple(values), tail="]"))
            written = True
    if written:
        module.out.writer.lines(["", ""])


def _write_stack(module: _Module) -> None:
    writer, name = module.out.writer, module.name
    construct, anything = writer.use("constructs", "Construct"), writer.use("typing", "Any")
    with writer.block(f"class {name}Stack({module.out.core('Stack')}):"):
        writer.docstring(f"A stack with `{name}` and nothing else.")
        writer.line()
        module.out.write(_signature(module, construct, f"**kwargs: {anything}"))
        with writer.indented():
            environments = module.variants.environments
            if any(each.account or each.region for each in environments):
                writer.line(f'kwargs.setdefault("env", {name}.home(environment))')
            writer.line("super().__init__(scope, construct_id, **kwargs)")
            own = {"environment": "environment"} if environments else {}
            first = {one.argument: one.argument for one in module.after}
            passed = own | first | {one.name: one.name for one in module.arguments}
            module.out.write(new(f"self.messaging = {name}", "self", '"Messaging"', **passed))
