"""The Python files of a new project: the function's handler, and a unit test of it."""

from __future__ import annotations

from msgc.cli.scaffold.project import Handler, Project
from msgc.emit.python_writer import PythonWriter


def handler(project: Project, wanted: Handler) -> str:
    """Return the module of a Lambda function that prints what it gets."""
    writer = PythonWriter(f"The AWS Lambda function of the consumer `{wanted.consumer}`.")
    package, consumer = project.package, wanted.module
    if wanted.function == consumer:
        consumer = f"{consumer} as consumer"
    decorator = writer.use(f"{package}.consumers", consumer)
    message = writer.use(package, wanted.message) if wanted.message else f"{decorator}.Message"
    context = writer.use(package, "MessageContext")
    writer.line(f"@{decorator}.handler")
    parameters = [f"message: {message}", f"context: {context}"]
    writer.statement(f"def {wanted.function}(", parameters, ") -> None:")
    with writer.indented():
        writer.line("print(message)")
    return writer.render()


def conftest(project: Project) -> str:
    """Return the file that gives the generated fixtures to all tests."""
    writer = PythonWriter(
        "What all tests are given: a fake of each place, and what producers publish with."
    )
    writer.statement("pytest_plugins = [", [f'"{project.package}.testing.fixtures"'], "]")
    return writer.render()


def unit_test(project: Project, wanted: Handler) -> str:
    """Return a test of the starting topology's handler."""
    writer = PythonWriter("The handler of orders, behind a queue in memory: no AWS, no network.")
    module = wanted.path.removesuffix(".py").replace("/", ".")
    function = writer.use(module, wanted.function)
    message = writer.use(project.package, "OrderPlaced")
    fake = writer.use(f"{project.package}.testing", "FakeOrdersQueue")
    with writer.block(f"def test_an_order_is_handled(orders_queue: {fake}) -> None:"):
        writer.lines(
            [
                f'orders_queue.publish({message}(order_id="o-1", total=12.5))',
                f"delivered = orders_queue.deliver_to({function})",
                "assert (delivered.handled, delivered.failed) == (1, 0)",
            ]
        )
    return writer.render()
