"""Functions: made from a folder of code with the generated package beside it, or found by ARN."""

from __future__ import annotations

from msgc.emit.cdk import naming
from msgc.emit.cdk.event_sources import is_provided
from msgc.emit.cdk.expressions import Call, duration, listing, mapping, maybe, new
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids, names
from msgc.topology.model import Bus, ByArn, Consumer, MadeFunction, Place, Queue, Topic

_RUNTIMES = frozenset(f"python3.{minor}" for minor in range(9, 15))
"""Those that CDK has constants for."""


def functions(sheet: Sheet) -> Section:
    """Return the section that makes the functions."""
    made = tuple(c for c in sheet.topology.consumers.values() if not is_provided(c))
    lambda_ = sheet.aws("lambda") if made else ""
    return Section(
        method="_add_functions",
        docstring="Functions, with the addresses that they publish to in their environment.",
        items=made,
        write=_write_function,
        attributes=tuple(
            Attribute(
                name=naming.function_name(consumer),
                type=f"{lambda_}.Function"
                if isinstance(consumer.function, MadeFunction)
                else f"{lambda_}.IFunction",
                description=consumer.description or f"The consumer `{consumer.name}`.",
            )
            for consumer in made
        ),
    )


def _write_function(sheet: Sheet, consumer: Consumer) -> None:
    lambda_, function = sheet.aws("lambda"), consumer.function
    name, identifier = naming.function(consumer), ids.function(consumer)
    if not isinstance(function, MadeFunction):
        assert isinstance(function.address, ByArn)  # noqa: S101  # provided ones aren't made here
        importer = f"{name} = {lambda_}.Function.from_function_arn"
        sheet.write(new(importer, "self", string(identifier), string(function.address.arn)))
        return
    sheet.write(
        new(
            f"{name} = {lambda_}.Function",
            "self",
            string(identifier),
            description=string(consumer.description[:256]) if consumer.description else None,
            runtime=_runtime(lambda_, function.runtime),
            handler=string(function.handler),
            code=f"_code({string(function.code)})",
            timeout=sheet.duration(duration(function.timeout)),
            memory_size=str(function.memory),
            environment=_environment(sheet, consumer, function),
            reserved_concurrent_executions=maybe(function.reserved),
            layers=_layers(lambda_, identifier, function.layers),
        )
    )


def _runtime(lambda_: str, runtime: str) -> str:
    if runtime in _RUNTIMES:
        return f"{lambda_}.Runtime.{runtime.upper().replace('PYTHON', 'PYTHON_').replace('.', '_')}"
    return f"{lambda_}.Runtime({string(runtime)}, {lambda_}.RuntimeFamily.PYTHON)"


def _environment(sheet: Sheet, consumer: Consumer, function: MadeFunction) -> Call | None:
    addresses = {
        sheet.delivery.addresses[p.target].variable: address(p.target) for p in consumer.publishes
    }
    written = {key: string(value) for key, value in function.environment.items()}
    variables = addresses | written
    return mapping(variables.items()) if variables else None


def address(place: Place) -> str:
    """Return the expression of what a publisher calls: a queue's URL, a topic's or bus's ARN."""
    match place:
        case Queue():
            return f"{naming.attribute(place)}.queue_url"
        case Topic() | Bus():
            return naming.arn(place)


def _layers(lambda_: str, identifier: str, layers: tuple[str, ...]) -> Call | None:
    if not layers:
        return None
    importer = f"{lambda_}.LayerVersion.from_layer_version_arn"
    return listing(
        new(importer, "self", string(f"{identifier}{names.pascal(arn)}"), string(arn))
        for arn in layers
    )


def write_bundler(sheet: Sheet) -> None:
    """Write the paths and the class that put the generated package beside a handler's code."""
    writer, build = sheet.writer, sheet.topology.build
    path, ignore = writer.use("pathlib", "Path"), writer.use("shutil", "ignore_patterns")
    levels = build.stack.count("/") + 1
    writer.comment("Folders are found from this file, so that any working directory will do.")
    writer.line(f"_PROJECT = {path}(__file__).resolve().parents[{levels}]")
    writer.assignment("_STUBS", f"_PROJECT / {string(build.stubs)}")
    patterns = ("__pycache__", "*.pyc", ".*_cache", ".git", ".venv", "node_modules", "cdk.out")
    sheet.write(new(f"_LEFT_OUT = {ignore}", *(string(pattern) for pattern in patterns)))
    writer.line()
    writer.line()
    _write_with_stubs(sheet)
    writer.line()
    writer.line()
    with writer.block(f"def _is_no_code(folder: {path}) -> bool:"):
        writer.docstring("Whether this is a virtual environment or a cloud assembly.")
        writer.line('marks = ("pyvenv.cfg", "cdk.out")')
        writer.line("return any((folder / mark).is_file() for mark in marks)")
    writer.line()
    writer.line()
    lambda_ = sheet.aws("lambda")
    with writer.block(f"def _code(folder: str) -> {lambda_}.Code:"):
        writer.docstring("Return a handler's code with the generated package beside it.")
        writer.line("source = _PROJECT / folder")
        bundling = new(
            sheet.core("BundlingOptions"),
            image=f'{sheet.core("DockerImage")}.from_registry("unused")',
            command='["with", _STUBS.name]',
            local="_WithStubs(source)",
        )
        writer.comment(
            "The command isn't run: it is there because CDK takes two bundles of one folder for "
            "the same unless their options differ, and this one has these stubs in it."
        )
        call = new(
            f"return {lambda_}.Code.from_asset",
            "str(source)",
            asset_hash_type=f"{sheet.core('AssetHashType')}.OUTPUT",
            bundling=bundling,
        )
        sheet.write(call)


def write_code_for(sheet: Sheet) -> None:
    """Write the method that does for the user's own functions what the stack does for its own.

    It is static: a function that is handed over is made before the construct is.
    """
    sheet.writer.line("@staticmethod")
    with sheet.writer.block(f"def code_for(folder: str) -> {sheet.aws('lambda')}.Code:"):
        sheet.writer.docstring(
            f"Return the code of a function of your own: a folder, with the package "
            f"`{sheet.topology.build.stubs.rpartition('/')[2]}` beside it.\n\n"
            "The folder is relative to that of messaging.yaml, like every `code` in there."
        )
        sheet.writer.line("return _code(folder)")


def _write_with_stubs(sheet: Sheet) -> None:
    """Write the class that fills the folder of what is uploaded."""
    writer = sheet.writer
    path, copytree = writer.use("pathlib", "Path"), writer.use("shutil", "copytree")
    writer.line(f"@{writer.use_module('jsii')}.implements({sheet.core('ILocalBundling')})")
    with writer.block("class _WithStubs:"):
        writer.docstring(
            "Puts the generated package beside a handler's code, here and without Docker."
        )
        writer.line()
        with writer.block(f"def __init__(self, folder: {path}) -> None:"):
            writer.line("self._folder = folder")
        writer.line()
        signature = "self, output_dir: str, *_: object, **__: object"
        with writer.block(f"def try_bundle({signature}) -> bool:"):
            writer.docstring("Fill the folder of what is uploaded.")
            writer.line(f"output = {path}(output_dir)")
            writer.comment(
                "What CDK and msgc write is no code; CDK's folder would be copied into itself."
            )
            writer.line(
                f"written = {{output.resolve().parent, {path}(__file__).resolve().parent, _STUBS}}"
            )
            writer.line()
            with writer.block("def left_out(folder: str, names: list[str]) -> set[str]:"):
                writer.line(f"paths = [{path}(folder, name).resolve() for name in names]")
                writer.line("no_code = (p in written or _is_no_code(p) for p in paths)")
                found = "{name for name, no in zip(names, no_code, strict=True) if no}"
                writer.line(f"found = {found}")
                writer.line("return found | _LEFT_OUT(folder, names)")
            writer.line()
            writer.line(f"{copytree}(self._folder, output, ignore=left_out, dirs_exist_ok=True)")
            stubs = "_STUBS, output / _STUBS.name, ignore=_LEFT_OUT, dirs_exist_ok=True"
            writer.line(f"{copytree}({stubs})")
            writer.line("return True")
