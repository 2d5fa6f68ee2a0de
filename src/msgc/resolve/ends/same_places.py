"""Find what is one place to AWS, or one argument to the app, and two in the file."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.kinds import BUS
from msgc.resolve import codes, parse
from msgc.resolve.ends.mentions import Mention
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology import names
from msgc.topology.ends import Place
from msgc.topology.environments import suffix_of
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import ByName, argument_in, identity
from msgc.tree import Scalar

_DEFAULT = (BUS.word, *identity(ByName(name="default"), BUS))


def index_places(symbols: SymbolTable) -> None:
    """Note where every declared place is found; report what is declared twice."""
    for place in symbols.places:
        kind = kind_of(place)
        at = place.imported or ByName(name=_name_in_aws(symbols, place))
        key = (kind.word, *identity(at, kind))
        first = symbols.found_at.setdefault(key, place)
        if first is not place and (first.imported or place.imported):
            new, old = (place, first) if place.imported else (first, place)
            symbols.report(
                codes.ONE_PLACE_TWICE,
                new.place("import"),
                f"`{new.name}` is the {kind.noun} `{old.name}`, which is declared already",
                "keep one of the two",
                Label(span=old.key, message="declared here"),
            )
        elif key == _DEFAULT and place.imported and not place.is_default:
            _report_default(symbols, place.place("import"))


def _name_in_aws(symbols: SymbolTable, place: Place) -> str:
    """Return the name of a place that the stack makes."""
    own = parse.mapping(place.node)
    written = parse.text(own.get("name")) if own else None
    if place.is_default:
        return place.name
    if written is None:
        suffix = suffix_of(symbols.environment)
        return names.physical(
            symbols.built_as, place.built_as, suffix=suffix, fifo=place.fifo is not None
        )
    return written if place.fifo is None or written.endswith(".fifo") else f"{written}.fifo"


def check_own(symbols: SymbolTable, each: Mention, place: Place | None) -> None:
    """Report the address of a place that the stack makes, and of the account's default bus."""
    if each.key == _DEFAULT:
        _report_default(symbols, each.value.span)
    elif place is not None and place.imported is None:
        symbols.report(
            codes.ONE_PLACE_TWICE,
            each.value.span,
            f"this is the {each.kind.noun} `{place.name}` of this file",
            f"write `{each.kind.word}: {place.name}`",
            Label(span=place.key, message="declared here"),
        )


def _report_default(symbols: SymbolTable, span: Span) -> None:
    symbols.report(
        codes.ONE_PLACE_TWICE,
        span,
        "this is the account's default bus",
        "write `bus: default`, which needs no declaration",
    )


class Arguments:
    """What `provided` alone is called: after whose end it is."""

    def __init__(self, symbols: SymbolTable) -> None:
        """Begin with the places that are declared so."""
        self._symbols = symbols
        self._first: dict[str, tuple[tuple[str, ...], Span]] = {}
        self._told: set[tuple[str, ...]] = set()
        for place in symbols.places:
            settings = parse.mapping(place.node)
            written = settings.get("import") if settings else None
            argument = argument_in(place.imported)
            if argument is not None and isinstance(written, Scalar):
                self._first[argument] = (("import", place.name), written.span)

    def check(self, each: Mention) -> None:
        """Report an end that would be the same argument as another one's."""
        argument = argument_in(each.address)
        if argument is None or not isinstance(each.value, Scalar):
            return
        role, span = self._first.setdefault(argument, (each.role, each.value.span))
        if role == each.role or (argument, *each.role) in self._told:
            return
        self._told.add((argument, *each.role))
        self._symbols.report(
            codes.ARGUMENT_TAKEN,
            each.value.span,
            f"the argument `{argument}` is taken: two ends are `provided` under one name",
            f"write `{{provided: NAME}}`: one name if they are the same {each.kind.noun}, else two",
            Label(span=span, message="the other one"),
        )
