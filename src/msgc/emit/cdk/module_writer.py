"""`ModuleWriter`: writes statements of a stack's module, and imports the names that they use."""

from __future__ import annotations

from msgc.emit.cdk.expressions import Call, render
from msgc.emit.python_writer import PythonWriter
from msgc.record import Record

_ALIASES = {"lambda": "lambda_"}


class Statement(Record):
    """A statement of the construct: an assignment to an attribute of it, or a call alone."""

    name: str | None = None
    """The attribute."""
    value: str | Call


class ModuleWriter(Record):
    """Writes a module of the stack."""

    writer: PythonWriter

    def aws(self, service: str) -> str:
        """Return the name of a module of aws_cdk (`sqs`), which is imported as users do."""
        alias = _ALIASES.get(service, service)
        return self.writer.use("aws_cdk", f"aws_{service} as {alias}")

    def interface(self, service: str, name: str) -> str:
        """Return an interface of a module of aws_cdk; `I...Ref`, of L1 and L2, are elsewhere."""
        if not name.endswith("Ref"):
            return f"{self.aws(service)}.{name}"
        module = self.writer.use("aws_cdk.interfaces", f"aws_{service} as {service}_interfaces")
        return f"{module}.{name}"

    def core(self, name: str) -> str:
        """Return a name out of aws_cdk itself (`Duration`), imported."""
        return self.writer.use("aws_cdk", name)

    def kit(self, name: str) -> str:
        """Return the expression of a name out of the kit, which is imported as a whole."""
        return f"{self.writer.use('.', '_kit as kit')}.{name}"

    def write(self, expression: str | Call) -> None:
        """Write an expression as a statement."""
        self.writer.lines(render(expression, self.writer.room))

    def state(self, statement: Statement) -> None:
        """Write a statement."""
        match statement:
            case Statement(name=None, value=value):
                self.write(value)
            case Statement(name=name, value=str(value)):
                self.writer.assignment(f"self.{name}", value)
            case Statement(name=name, value=Call() as value):
                self.assign(f"self.{name}", value)

    def assign(self, target: str, call: Call) -> None:
        """Write `target = call`, in brackets of its own where even its first line is too long.

        Not if some line is too long in there: then brackets help nobody, as ruff has it.
        """
        room, whole = self.writer.room, call.replace(head=f"{target} = {call.head}")
        lines = render(whole, room)
        if len(lines) > 1 and len(whole.head) > room:
            inside = [f"    {line}" for line in render(call, room - 4)]
            if all(len(line) <= room for line in inside):
                lines = [f"{target} = (", *inside, ")"]
        self.writer.lines(lines)
