"""Roles of another account, to which a stack can't grant anything: refused, and not passed over."""

from __future__ import annotations

from msgc.emit.cdk.expressions import listing, new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.topology import names
from msgc.topology.model import Producer


def has_roles(sheet: Sheet) -> bool:
    """Whether a producer has a role that some other stack made."""
    return any(p.role is not None and p.publishes for p in sheet.topology.producers.values())


def write_account_check(sheet: Sheet, producer: Producer, role: str) -> None:
    """Write the call that refuses a producer's role if it is of another account."""
    arguments = ["self", string(f"{names.pascal(producer.name)}Account"), role]
    sheet.write(new("_refuse_other_account", *arguments))


def write_refuse_other_account(sheet: Sheet) -> None:
    """Write the function that the grants call.

    Where the app doesn't say the stack's account, the template asks CloudFormation, which doesn't
    begin with a stack of which an assertion is wrong.
    """
    writer, core, iam = sheet.writer, sheet.core, sheet.aws("iam")
    construct = writer.use("constructs", "Construct")
    parameters = [f"construct: {construct}", "construct_id: str", f"role: {iam}.IRole | {iam}.Role"]
    writer.statement("def _refuse_other_account(", parameters, ") -> None:")
    with writer.indented():
        writer.docstring("Refuse a role of another account: no policy from here would reach it.")
        writer.line(f"account, here = role.env.account, {core('Stack')}.of(construct).account")
        token = core("Token")
        with writer.block(f"if {token}.is_unresolved(account) or account == here:"):
            writer.line("return")
        writer.lines(
            [
                "message = (",
                '    f"the role {role.role_name} is of account {account}, and this stack is not: "',
                '    "see `msgc explain role-of-another-account`"',
                ")",
            ]
        )
        with writer.block(f"if not {token}.is_unresolved(here):"):
            writer.line("raise ValueError(message)")
        assertion = new(
            core("CfnRuleAssertion"),
            assert_=new(f"{core('Fn')}.condition_equals", "here", "account"),
            assert_description="message",
        )
        sheet.write(
            new(core("CfnRule"), "construct", "construct_id", assertions=listing([assertion]))
        )
