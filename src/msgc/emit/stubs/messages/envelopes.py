"""Print what is around the payloads of a message."""

from __future__ import annotations

from msgc.emit.python_writer import string
from msgc.emit.stubs.messages.annotations import Annotations
from msgc.topology.messages import CloudEvents


def envelope_of(annotations: Annotations, envelope: CloudEvents) -> str:
    """Return the envelope of a message, with the fields that its attributes come from."""
    cls = annotations.of_package("cloudevents", "CloudEvents")
    paths = {"id": envelope.id, "subject": envelope.subject, "time": envelope.time}
    arguments = [f"{name}={_path(path)}" for name, path in paths.items() if path is not None]
    if envelope.extensions:
        listed = [f"{string(name)}: {_path(path)}" for name, path in envelope.extensions.items()]
        arguments.append(f"extensions={{{', '.join(listed)}}}")
    if envelope.data_schema is not None:
        arguments.append(f"data_schema={string(envelope.data_schema)}")
    return f"{cls}({', '.join(arguments)})"


def _path(path: tuple[str, ...]) -> str:
    return f"({', '.join(map(string, path))}{',' * (len(path) == 1)})"
