"""Resolve `idempotency`: where consumers remember which messages they have handled."""

from __future__ import annotations

from msgc.resolve import codes, parse
from msgc.resolve.ends.found import handed_over
from msgc.resolve.symbols import SymbolTable
from msgc.topology.settings import ClaimTable, Provided, Remembering, argument_in
from msgc.topology.units import DAY
from msgc.tree import Mapping, Node, Scalar

_EXPIRES = DAY
"""Seconds, if the file doesn't say."""


def remembering(symbols: SymbolTable, key: Scalar, node: Mapping) -> Remembering | None:
    """Return where a consumer remembers what it has handled; one table wherever it is found alike.

    None where that is misshapen, or nothing of the consumer's is generated.
    """
    written = parse.mapping(node.get("idempotency"))
    store = written.get("store") if written is not None else None
    if written is None or store is None:
        return None
    worker = parse.mapping(node.get("worker"))
    if worker is not None and parse.boolean(worker.get("stubs")) is False:
        symbols.report(
            codes.OPTION_NOT_HERE,
            node.key("idempotency").span,
            "`idempotency` means nothing on a worker without stubs: no handler is generated for it",
            "take it away, or `stubs: false`",
        )
        return None
    given = handed_over(store, key.text, "idempotency")
    if given is None and parse.text(store) != "dynamodb":
        return None
    expires = parse.duration(written.get("expires"))
    return Remembering(table=_table(symbols, store, given), expires=parse.given(expires, _EXPIRES))


def _table(symbols: SymbolTable, store: Node, given: Provided | None) -> ClaimTable:
    argument = argument_in(given)
    found = symbols.claim_tables.get(argument)
    if found is None:
        name = argument or "idempotency"
        found = ClaimTable(name=name, key=store.span, node=store, address=given)
        symbols.claim_tables[argument] = found
    return found
