"""Resolve schedules: when EventBridge Scheduler sends something, in which time zone, how exactly.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgc.diagnostics import did_you_mean
from msgc.resolve import codes, parse
from msgc.resolve.edges.cron import Day, Malformed, read_cron
from msgc.resolve.symbols import SymbolTable
from msgc.topology.origins import Schedule
from msgc.topology.units import MINUTE
from msgc.tree import Mapping, Node, Scalar

_UNITS = ("minute", "hour", "day")
_EXAMPLES = "write `rate(5 minutes)`, `cron(0 3 * * ? *)` or `at(2027-01-31T09:00:00)`"
_LONGEST_WINDOW = 1440
"""Minutes."""
_DIGITS = 9
"""What the number of a rate has at most; that is centuries."""
_LAST: Day = (9999, 12, 31)


def resolve_schedule(
    symbols: SymbolTable, key: Scalar, node: Mapping, was: str | None
) -> Schedule | None:
    """Return the schedule that `from` describes; `key` is the name of its edge."""
    written = node.get("schedule")
    if not isinstance(written, Scalar) or written.is_null or not written.text:
        return None
    kind, _, rest = written.text.strip().partition("(")
    inside = rest.removesuffix(")")
    start = _moment(symbols, node, "start")
    end = _moment(symbols, node, "end")
    if _is_reversed(start, end):
        symbols.report(
            codes.NEVER_FIRES, node.entries["end"][1].span, "it ends before it starts", None
        )
    timezone = _timezone(symbols, node.get("timezone"))
    _check_expression(symbols, written, kind, inside, (start, end))
    past = symbols.clock.is_past
    if kind == "at" and (moment := _at(inside)) and past(_in_zone(moment, timezone).isoformat()):
        _report_over(symbols, written)
    if kind == "rate" and end is not None and past(end.isoformat()):
        _report_over(symbols, node.entries["end"][1])
    _check_options(symbols, node, kind)
    return Schedule(
        name=key.text,
        key=key.span,
        node=node,
        was=was,
        expression=f"{kind}({' '.join(inside.split())})",
        timezone=timezone,
        window=_window(symbols, node.get("window")),
        start=_text(start),
        end=_text(end),
    )


def _check_expression(
    symbols: SymbolTable,
    written: Scalar,
    kind: str,
    inside: str,
    span: tuple[datetime | None, datetime | None],
) -> None:
    """Report an expression that AWS refuses, or that never fires."""
    try:
        _check_form(written.text, kind)
        if kind == "rate":
            _check_rate(inside)
        elif kind == "at":
            _check_at(inside)
        elif not _fires(symbols, inside, span) and not _is_reversed(*span):
            symbols.report(
                codes.NEVER_FIRES,
                written.span,
                f"`{written.text}` never fires: there is no such day to come",
                "look at the day, the month and the year together",
            )
    except Malformed as error:
        symbols.report(codes.BAD_SCHEDULE, written.span, str(error), _EXAMPLES)


def _report_over(symbols: SymbolTable, written: Node) -> None:
    symbols.report(
        codes.SCHEDULE_OVER,
        written.span,
        f"`{parse.text(written)}` is past: the schedule sends nothing any more",
        "take the subscription away, or write a time to come",
    )


def _in_zone(moment: datetime, timezone: str | None) -> datetime:
    """Return when a clock of a time zone shows a time; of an unknown one, of UTC."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  # few schedules are `at`

    try:
        return moment.replace(tzinfo=ZoneInfo(timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):  # that is reported, or nothing is known of zones
        return moment.replace(tzinfo=UTC)


def _is_reversed(start: datetime | None, end: datetime | None) -> bool:
    return start is not None and end is not None and end <= start


def _check_form(written: str, kind: str) -> None:
    if kind not in ("rate", "cron", "at") or not written.rstrip().endswith(")"):
        message = f"`{written}` is no schedule"
        raise Malformed(message)


def _fires(
    symbols: SymbolTable, inside: str, span: tuple[datetime | None, datetime | None]
) -> bool:
    """Return whether there is a day to come on which a cron expression fires."""
    today = symbols.clock.today()
    start, end = span
    first = (start.year, start.month, start.day) if start is not None else today
    last = (end.year, end.month, end.day) if end is not None else _LAST
    return read_cron(inside).fires_between(max(first, today), last)


def _check_rate(inside: str) -> None:
    written = inside.strip()
    unit = written.lstrip("0123456789")
    number = written.removesuffix(unit)
    if not number.strip("0") or unit[:1] in (".", ","):
        message = f"`rate({inside})` has no number: it is a whole one, above 0"
        raise Malformed(message)
    singular = unit.strip().removesuffix("s")
    if singular not in _UNITS:
        what = f"`{unit.strip()}` is no unit of a rate" if unit else f"`rate({inside})` has no unit"
        message = f"{what}: it is minutes, hours or days"
        raise Malformed(message)
    if len(number) > _DIGITS:
        message = f"`rate({number[:_DIGITS]}...)` is longer than AWS counts"
        raise Malformed(message)
    right = singular if int(number) == 1 else f"{singular}s"
    if not unit[0].isspace() or unit.strip() != right:
        message = f"AWS wants `rate({int(number)} {right})`"
        raise Malformed(message)


def _check_at(inside: str) -> None:
    if _at(inside) is None:
        message = f"`at({inside})` is no time: it is `at(yyyy-mm-ddThh:mm:ss)`, without a zone"
        raise Malformed(message)


def _at(inside: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(inside)
    except ValueError:
        return None
    return moment if inside == moment.strftime("%Y-%m-%dT%H:%M:%S") else None


def _check_options(symbols: SymbolTable, node: Mapping, kind: str) -> None:
    """Report what means nothing for a kind of schedule."""
    idle = {"rate": ("timezone",), "at": ("start", "end")}.get(kind, ())
    reasons = {
        "timezone": "a rate has no time of day",
        "start": "`at` says the one time at which it fires",
        "end": "`at` says the one time at which it fires",
    }
    for option in idle:
        if option in node.entries:
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` means nothing beside `{kind}(...)`: {reasons[option]}",
                "take it away",
            )


def _timezone(symbols: SymbolTable, node: Node | None) -> str | None:
    """Return the name of a time zone, which IANA's database has to know, if one is here."""
    name = parse.text(node)
    if name is None or node is None:
        return None
    from zoneinfo import available_timezones  # noqa: PLC0415  # most files have no schedule

    known = available_timezones()
    if known and name not in known:
        advice = did_you_mean(name, known) or "write a name such as `Europe/Amsterdam`, or `UTC`"
        symbols.report(codes.BAD_SCHEDULE, node.span, f"there is no time zone `{name}`", advice)
    return name


def _window(symbols: SymbolTable, node: Node | None) -> int | None:
    """Return for how many minutes Scheduler may wait with an invocation."""
    seconds = parse.duration(node)
    if seconds is None or node is None:
        return None
    minutes, rest = divmod(seconds, MINUTE)
    if rest or not 1 <= minutes <= _LONGEST_WINDOW:
        symbols.report(
            codes.BAD_SCHEDULE,
            node.span,
            f"`window: {parse.text(node)}` can't be: it is 1 to {_LONGEST_WINDOW} whole minutes",
            "write `window: 15m`, or take it away: without one, it fires within the minute",
        )
    return minutes


def _moment(symbols: SymbolTable, node: Mapping, option: str) -> datetime | None:
    """Return when a schedule begins or ends: a date, or a time with its zone."""
    written = parse.text(node.get(option))
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
        day = date.fromisoformat(written) if len(written) == len("2027-01-31") else None
    except ValueError:
        moment, day = None, None
    if moment is None or (moment.tzinfo is None and day is None):
        symbols.report(
            codes.BAD_SCHEDULE,
            node.entries[option][1].span,
            f"`{written}` is no time: `{option}` is a day, or a time with its zone",
            f"write `{option}: 2027-01-31`, or `{option}: 2027-01-31T09:00:00Z`",
        )
        return None
    return moment.replace(tzinfo=UTC) if day is not None else moment.astimezone(UTC)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
