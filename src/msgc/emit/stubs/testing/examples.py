"""Write the examples of messages, for `OrderPlaced.example()`."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.python_writer import PythonWriter, literal, string
from msgc.topology.model import Topology


def example_artifacts(folder: str, topology: Topology) -> tuple[Artifact, ...]:
    """Return the module with the examples that messaging.yaml has, if it has some."""
    found = {m.name: m.examples for m in topology.messages.values() if m.examples}
    if not found:
        return ()
    writer = PythonWriter("The examples of messaging.yaml, as JSON has them.")
    kind = writer.use("typing", "Any")
    with writer.block(f"EXAMPLES: dict[str, list[{kind}]] = {{", "}"):
        for name, examples in found.items():
            head = f"{string(name)}: "
            shown = literal(list(examples), writer.room, len(head) + 1)
            writer.lines(f"{head}{shown},".split("\n"))
    return (Artifact(path=f"{folder}/testing/examples.py", text=writer.render()),)
