"""Check lists of targets: none of them twice, and no more than a rule can have."""

from __future__ import annotations

from collections.abc import Hashable

from msgc.diagnostics import Label
from msgc.kinds import Way
from msgc.record import Record
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.ends import End
from msgc.topology.narrowing import identity
from msgc.tree import Mapping, Node, Sequence


class Target(Record):
    """One target of an edge, as `to` has it."""

    node: Node
    kind: str
    end: End


def entries(to: Node | None) -> tuple[Node | None, ...]:
    """Return what `to` names: the entries of a list, or the one that stands alone."""
    return to.items if isinstance(to, Sequence) else (to,)


def single_where_read(symbols: SymbolTable, targets: tuple[Target, ...], way: Way) -> bool:
    """Whether what is read leads to a single target; report a list, which would need copies."""
    if not way.reader or len(targets) == 1:
        return True
    symbols.report(
        codes.TOO_MANY_TARGETS,
        targets[1].node.span,
        f"what comes from a {way.origin} has one target, and these are {len(targets)}",
        "let it go to a topic or a bus, and on from there to all of them",
    )
    return False


def check_list(symbols: SymbolTable, targets: tuple[Target, ...], way: Way) -> None:
    """Report targets that are there already, and the first one too many for a rule."""
    known: dict[Hashable, Target] = {}
    for target in targets:
        first = known.setdefault(identity(target.end), target)
        if first is not target:
            symbols.report(
                codes.REPEATED_TARGET,
                target.node.span,
                f"this `{target.kind}` is among the targets already",
                "take one of the two out; to hand over two, write a subscription for each"
                if _is_provided(target)
                else "take one of the two out",
                Label(span=first.node.span, message="already here"),
            )
    if way.most_targets is not None and len(targets) > way.most_targets:
        symbols.report(
            codes.TOO_MANY_TARGETS,
            targets[way.most_targets].node.span,
            f"a rule has at most {way.most_targets} targets, and these are {len(targets)}",
            "move the rest into a second subscription",
        )


def _is_provided(target: Target) -> bool:
    node = target.node
    return isinstance(node, Mapping) and parse.text(node.get(target.kind)) == "provided"
