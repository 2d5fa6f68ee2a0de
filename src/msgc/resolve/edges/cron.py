"""EventBridge Scheduler's cron expressions: their grammar, and whether they ever fire.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable

from msgc.record import Record
from msgc.tree import whole

FIRST_YEAR, LAST_YEAR = 1970, 2199
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_WEEK = 7

Day = tuple[int, int, int]
"""Year, month and day."""


class Malformed(Exception):  # noqa: N818  # it says what is wrong, for the user
    """An expression that AWS refuses; the text says why."""


class _Field(Record):
    """What one of the six fields may be."""

    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()
    """Names for its numbers, the least first."""
    special: str = ""
    """Which of `?`, `L`, `W`, `#` and `/` it takes."""


_MINUTES = _Field(name="minutes", least=0, most=59, special="/")
_HOURS = _Field(name="hours", least=0, most=23, special="/")
_DAY_OF_MONTH = _Field(name="day of month", least=1, most=31, special="?LW/")
_MONTH = _Field(name="month", least=1, most=12, words=_MONTHS, special="/")
_DAY_OF_WEEK = _Field(name="day of week", least=1, most=_WEEK, words=_DAYS, special="?L#")
_YEAR = _Field(name="year", least=FIRST_YEAR, most=LAST_YEAR, special="/")
_FIELDS = (_MINUTES, _HOURS, _DAY_OF_MONTH, _MONTH, _DAY_OF_WEEK, _YEAR)


class Cron(Record):
    """A cron expression, read as far as days go."""

    months: frozenset[int]
    years: frozenset[int]
    is_day: Callable[[int, int, int], bool]
    """Whether it fires on a day of a month and year that it has."""

    def fires_between(self, first: Day, last: Day) -> bool:
        """Whether it fires on any day from the first to the last."""
        for year in sorted(y for y in self.years if first[0] <= y <= last[0]):
            for month in sorted(self.months):
                for day in range(1, monthrange(year, month)[1] + 1):
                    if first <= (year, month, day) <= last and self.is_day(year, month, day):
                        return True
        return False


def read_cron(fields: str) -> Cron:
    """Return what stands between the brackets of `cron(...)`; raises `Malformed`."""
    parts = fields.split()
    if len(parts) != len(_FIELDS):
        names = ", ".join(field.name for field in _FIELDS)
        message = f"it has {len(parts)} fields, and cron takes six: {names}"
        raise Malformed(message)
    for part, field in zip(parts, _FIELDS, strict=True):
        if part == "?" and "?" not in field.special:
            message = f"`?` can't be the {field.name}"
            raise Malformed(message)
    minutes, hours, day, month, weekday, year = parts
    _values(minutes, _MINUTES)
    _values(hours, _HOURS)
    if (day == "?") is (weekday == "?"):
        which = "are both `?`" if day == "?" else "can't both be said"
        message = f"day of month and day of week {which}: write `?` for one of the two"
        raise Malformed(message)
    return Cron(
        months=_values(month, _MONTH),
        years=_values(year, _YEAR),
        is_day=_by_weekday(weekday.upper()) if day == "?" else _by_date(day.upper()),
    )


def _by_date(written: str) -> Callable[[int, int, int], bool]:
    """Return which days a day of month means: numbers, `L`, `15W` or `LW`."""
    if written == "L":
        return lambda year, month, day: day == monthrange(year, month)[1]
    if written == "LW":
        return lambda year, month, day: day == _nearest_workday(year, month, 31)
    if written.endswith("W"):
        wanted = _number(written[:-1], _DAY_OF_MONTH)
        return lambda year, month, day: (
            wanted <= monthrange(year, month)[1] and day == _nearest_workday(year, month, wanted)
        )
    days = _values(written, _DAY_OF_MONTH)
    return lambda _, __, day: day in days


def _by_weekday(written: str) -> Callable[[int, int, int], bool]:
    """Return which days a day of week means: numbers and names, `L`, `5L` or `3#2`."""
    if written == "L":
        written = "SAT"
    if written.endswith("L"):
        last = _number(written[:-1], _DAY_OF_WEEK)
        return lambda year, month, day: (
            _weekday(year, month, day) == last and day + _WEEK > monthrange(year, month)[1]
        )
    if "#" in written:
        name, _, which = written.partition("#")
        wanted = _number(name, _DAY_OF_WEEK)
        if which not in ("1", "2", "3", "4", "5"):
            message = f"`{written}`: a month has a first to fifth {_DAYS[wanted - 1]}, `#1` to `#5`"
            raise Malformed(message)
        return lambda year, month, day: (
            _weekday(year, month, day) == wanted and (day - 1) // _WEEK + 1 == whole(which)
        )
    days = _values(written, _DAY_OF_WEEK)
    return lambda year, month, day: _weekday(year, month, day) in days


def _weekday(year: int, month: int, day: int) -> int:
    """Return 1 for Sunday to 7 for Saturday."""
    first = monthrange(year, month)[0]  # Monday is 0
    return (first + day) % _WEEK + 1


def _nearest_workday(year: int, month: int, day: int) -> int:
    """Return the workday of the month that is nearest to a day of it."""
    last = monthrange(year, month)[1]
    day = min(day, last)
    match _weekday(year, month, day):
        case 1:  # Sunday
            return day + 1 if day < last else day - 2
        case 7:  # Saturday
            return day - 1 if day > 1 else day + 2
        case _:
            return day


def _values(written: str, field: _Field) -> frozenset[int]:
    """Return the numbers that a field of plain values means."""
    found: set[int] = set()
    for part in written.upper().split(","):
        span, slash, step = part.partition("/")
        if slash and "/" not in field.special:
            message = f"`{part}`: the {field.name} takes no steps"
            raise Malformed(message)
        low, high = _range(span, field, is_open=bool(slash))
        by = _step(step, part, field) if slash else 1
        if low <= high:
            found.update(range(low, high + 1, by))
        else:  # over the end: `FRI-MON`
            size = field.most - field.least + 1
            found.update(
                field.least + (n - field.least) % size for n in range(low, high + size + 1, by)
            )
    return frozenset(found)


def _range(span: str, field: _Field, *, is_open: bool) -> tuple[int, int]:
    if span == "*":
        return field.least, field.most
    first, dash, last = span.partition("-")
    low = _number(first, field)
    if dash:
        return low, _number(last, field)
    return low, field.most if is_open else low


def _step(step: str, part: str, field: _Field) -> int:
    most = field.most - field.least
    if not (step.isascii() and step.isdecimal() and 1 <= whole(step) <= most):
        message = f"`{part}`: a step of the {field.name} is a number from 1 to {most}"
        raise Malformed(message)
    return whole(step)


def _number(written: str, field: _Field) -> int:
    """Return a number, or the one that a name stands for."""
    if written in field.words:
        return field.least + field.words.index(written)
    if written.isascii() and written.isdecimal() and field.least <= whole(written) <= field.most:
        return whole(written)
    names = f", or {field.words[0]} to {field.words[-1]}" if field.words else ""
    message = f"`{written}` can't be the {field.name}: write {field.least} to {field.most}{names}"
    raise Malformed(message)
