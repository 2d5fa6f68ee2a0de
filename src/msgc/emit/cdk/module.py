"""The package of a stack: a construct with everything in it, and a stack that holds one."""

from __future__ import annotations

from msgc.artifact import Artifact, banner
from msgc.delivery.plan import Delivery
from msgc.emit.cdk.accounts import has_roles, write_refuse_other_account
from msgc.emit.cdk.buses import archives, buses
from msgc.emit.cdk.discovery import parameters, write_environment_for
from msgc.emit.cdk.event_sources import (
    event_sources,
    failures,
    is_provided,
    write_check_timeout,
)
from msgc.emit.cdk.expressions import new
from msgc.emit.cdk.functions import functions, write_bundler, write_code_for
from msgc.emit.cdk.given import Given, given
from msgc.emit.cdk.grants import grants, write_actions
from msgc.emit.cdk.identity import write_name_resources
from msgc.emit.cdk.links import write_links
from msgc.emit.cdk.log_groups import log_groups, log_policy
from msgc.emit.cdk.permissions import write_let_invoke
from msgc.emit.cdk.queues import (
    queue_policies,
    queues,
    uses_arns_by_name,
    write_let_send,
    write_only_from,
)
from msgc.emit.cdk.rules import rules
from msgc.emit.cdk.sheet import Section, Sheet
from msgc.emit.cdk.subscriptions import subscriptions, write_after_policies
from msgc.emit.cdk.topics import topics, write_let_owner_manage
from msgc.emit.python_writer import PythonWriter, string
from msgc.topology import names
from msgc.topology.model import Consumer, Queue, Topology

_PRAGMA = """\
# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)"""

_FLAGS = {
    "@aws-cdk/aws-iam:minimizePolicies": False,
    "@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy": False,
}
"""Feature flags that change policies: statements stay as they are written, in their order."""


def emit_stack(topology: Topology, delivery: Delivery) -> tuple[Artifact, ...]:
    """Return the CDK package of a topology."""
    about = topology.description or f"The messaging of {topology.service}."
    writer = PythonWriter(about, banner=banner(topology.service), pragma=_PRAGMA)
    sheet = Sheet(writer=writer, topology=topology, delivery=delivery)
    sections = [
        section
        for section in (
            queues(sheet),
            topics(sheet),
            buses(sheet),
            archives(sheet),
            functions(sheet),
            log_groups(sheet),
            subscriptions(sheet),
            rules(sheet),
            queue_policies(sheet),
            log_policy(sheet),
            event_sources(sheet),
            failures(sheet),
            grants(sheet),
            parameters(sheet),
        )
        if section.items
    ]
    name = f"{names.pascal(topology.service)}Messaging"
    handed_over = given(sheet)
    if write_actions(sheet):
        _gap(sheet)
    if sheet.publishers:  # functions of the stack's, or whose code is asked for by `code_for`
        write_bundler(sheet)
        _gap(sheet)
    _write_construct(sheet, name, sections, handed_over)
    _gap(sheet)
    _write_stack(sheet, name, handed_over)
    methods = {section.method for section in sections}
    if "_add_topics" in methods and any(not t.imported for t in topology.topics.values()):
        _gap(sheet)
        write_let_owner_manage(sheet)
    if any(s.dead_letter or isinstance(s.target, Queue) for s in delivery.topic_subscriptions):
        _gap(sheet)
        write_after_policies(sheet)
    if any(is_provided(poll.consumer) for poll in delivery.polls):
        _gap(sheet)
        write_check_timeout(sheet)
    if "_add_senders" in methods:
        _gap(sheet)
        write_let_send(sheet)
    if has_roles(sheet):
        _gap(sheet)
        write_refuse_other_account(sheet)
    return (Artifact(path=f"{topology.build.stack}/__init__.py", text=writer.render()),)


def _gap(sheet: Sheet) -> None:
    sheet.writer.lines(["", ""])


def _write_construct(
    sheet: Sheet, name: str, sections: list[Section], handed_over: tuple[Given, ...]
) -> None:
    writer, topology = sheet.writer, sheet.topology
    construct = writer.use("constructs", "Construct")
    with writer.block(f"class {name}({construct}):"):
        writer.docstring(topology.description or f"The messaging of {topology.service}.")
        writer.line()
        for section in sections:
            for attribute in section.attributes:
                writer.line(f"{attribute.name}: {attribute.type}")
                writer.docstring(attribute.description)
        writer.line()
        arguments = ["self", f"scope: {construct}", "construct_id: str"]
        if handed_over:
            arguments += ["*", *(f"{g.argument}: {g.type}" for g in handed_over)]
        writer.statement("def __init__(", arguments, ") -> None:")
        with writer.indented():
            writer.line("super().__init__(scope, construct_id)")
            for one in handed_over:
                writer.line(f"self.{one.argument} = {one.argument}")
            _write_settings(sheet)
            for section in sections:
                writer.line(f"self.{section.method}()")
            writer.line("self._name_resources()")
        if sheet.publishers:
            writer.line()
            write_environment_for(sheet)
            writer.line()
            write_code_for(sheet)
        for section in sections:
            writer.line()
            _write_section(sheet, section)
        writer.line()
        write_name_resources(sheet)
        if uses_arns_by_name(sheet.delivery.queue_policies):
            writer.line()
            write_only_from(sheet)
        if any(isinstance(s.target, Consumer) for s in sheet.delivery.topic_subscriptions) or any(
            isinstance(rule.target, Consumer) for rule in sheet.delivery.rules
        ):
            writer.line()
            write_let_invoke(sheet)


def _write_settings(sheet: Sheet) -> None:
    """Write what holds for everything in the construct: flags, tags, ARNs made from names."""
    writer, topology = sheet.writer, sheet.topology
    writer.comment("Flags that decide what policies say: the same in every app.")
    for flag, value in _FLAGS.items():
        sheet.write(new("self.node.set_context", string(flag), str(value)))
    add = f"{sheet.core('Tags')}.of(self).add"
    sheet.write(new(add, '"service"', string(topology.service)))
    if topology.owner and _is_tag(topology.owner):
        sheet.write(new(add, '"owner"', string(topology.owner)))
    write_links(sheet)


def _is_tag(text: str) -> bool:
    """Whether a text may be the value of a tag everywhere."""
    return len(text) <= 256 and all(c.isalnum() or c in " _.:/=+-@" for c in text)


def _write_section(sheet: Sheet, section: Section) -> None:
    with sheet.writer.block(f"def {section.method}(self) -> None:"):
        sheet.writer.docstring(section.docstring)
        if section.before:
            section.before(sheet)
        for i, item in enumerate(section.items):
            if i and not section.dense:
                sheet.writer.line()
            section.write(sheet, item)


def _write_stack(sheet: Sheet, name: str, handed_over: tuple[Given, ...]) -> None:
    writer = sheet.writer
    construct, anything = writer.use("constructs", "Construct"), writer.use("typing", "Any")
    with writer.block(f"class {name}Stack({sheet.core('Stack')}):"):
        writer.docstring(f"A stack with `{name}` and nothing else.")
        writer.line()
        arguments = ["self", f"scope: {construct}", "construct_id: str"]
        if handed_over:
            arguments += ["*", *(f"{g.argument}: {g.type}" for g in handed_over)]
        arguments.append(f"**kwargs: {anything}")
        writer.statement("def __init__(", arguments, ") -> None:")
        with writer.indented():
            writer.line("super().__init__(scope, construct_id, **kwargs)")
            passed = [f"{g.argument}={g.argument}" for g in handed_over]
            writer.statement(f"self.messaging = {name}(", ["self", '"Messaging"', *passed])
