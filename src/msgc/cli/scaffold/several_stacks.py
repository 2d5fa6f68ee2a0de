"""The CDK app of a project whose service has several stacks: each after those that it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgc.cli.scaffold.project import OneStack, Project
from msgc.emit.cdk.expressions import Call, new, render
from msgc.emit.python_imports import WIDTH
from msgc.emit.python_writer import string
from msgc.topology.names import pascal, snake

_CLASS = '''\
class {name}(cdk.Stack):
    """What of {service} lies in `{stack}`, and what it is provided with."""

{signature}
        super().__init__(scope, construct_id{home})
{about}
{found}
{made}


'''


def names_used(project: Project) -> tuple[str, ...]:
    """Return what the app imports from the package of the stacks."""
    found: list[str] = []
    for each in project.stacks:
        found.append(each.construct if each.provided else f"{each.construct}Stack")
        if each.provided:
            found += [
                other.construct for other in project.stacks if other.name in each.after.values()
            ]
            found += ["Environment"] if project.environments else []
    return tuple(dict.fromkeys(found))


def classes(
    project: Project, about: str, found: Callable[[str, str], Iterator[Call]]
) -> Iterator[str]:
    """Yield a class for each stack that is provided with something, which `found` finds."""
    for each in project.stacks:
        if not each.provided:
            continue
        given = [
            *(("environment",) if project.environments else ()), *each.after, *each.provided
        ]  # fmt: skip
        made = new(
            f"self.messaging = {each.construct}",
            "self",
            string("Messaging"),
            **{name: name for name in given},
        )
        yield _CLASS.format(
            name=_class(project, each),
            service=project.service,
            stack=each.name,
            signature="\n".join(f"    {line}" for line in _signature(project, each)),
            home=f", env={each.construct}.home(environment)" if project.environments else "",
            about=about,
            found="\n".join(
                f"        {line}"
                for name, kind in each.provided.items()
                for call in found(name, kind)
                for line in render(call, WIDTH - 8)
            ),
            made="\n".join(f"        {line}" for line in render(made, WIDTH - 8)),
        )


def _class(project: Project, stack: OneStack) -> str:
    return pascal(project.service) + (stack.construct.removesuffix("Messaging")).removeprefix(
        pascal(project.service)
    )


def _signature(project: Project, stack: OneStack) -> list[str]:
    by_name = {each.name: each.construct for each in project.stacks}
    more = [
        *(("environment: Environment",) if project.environments else ()),
        *(f"{name}: {by_name[other]}" for name, other in stack.after.items()),
    ]
    arguments = ["self", "scope: Construct", "construct_id: str", *(("*", *more) if more else ())]
    made = Call(head="def __init__(", arguments=tuple(arguments), tail=") -> None:")
    return render(made, WIDTH - 4)


def lines_made(project: Project) -> Iterator[str]:
    """Yield the lines that make the stacks, of each environment."""
    needed = {other for each in project.stacks for other in each.after.values()}
    for environment, suffix in (project.environments or {"": ""}).items():
        for each in project.stacks:
            name = _class(project, each) if each.provided else f"{each.construct}Stack"
            identifier = name.removesuffix("Stack") + suffix
            given = {"environment": string(environment)} if environment else {}
            given |= {
                argument: f"{_variable(other, environment)}.messaging"
                for argument, other in each.after.items()
            }
            variable = f"{_variable(each.name, environment)} = " if each.name in needed else ""
            yield from render(new(f"{variable}{name}", "app", string(identifier), **given), WIDTH)


def _variable(stack: str, environment: str) -> str:
    return snake(f"{stack}-{environment}" if environment else stack)
