"""Tell once what is found of an edge that is made on a replaced place too."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.topology.replacements import Replacements


def told_once(found: tuple[Diagnostic, ...], replacements: Replacements) -> tuple[Diagnostic, ...]:
    """Return findings without those that are there for the heir, or the written edge, as well."""
    names = {f"`{old.name}`": f"`{new.name}`" for old, new in replacements.heirs.items()}
    names |= {f"`{copy.name}`": f"`{edge.name}`" for copy, edge in replacements.edges.items()}
    known = {(each.code.id, each.span.place, each.message) for each in found}

    def is_echo(each: Diagnostic) -> bool:
        said = each.message
        for name, other in names.items():
            said = said.replace(name, other)
        return said != each.message and (each.code.id, each.span.place, said) in known

    return tuple(each for each in found if not is_echo(each))
