"""Guess how a text was meant that lacks its form: `30 sec` is `30s`, `order_events` a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgc.diagnostics import nearest
from msgc.payloads.identifiers import humps
from msgc.topology.units import BYTES
from msgc.tree import whole


def meant(form: str, written: str) -> str | None:
    """Return what was probably meant by a text that lacks its form, if that can be told."""
    guess = _GUESSES.get(form)
    return guess(written) if guess is not None else None


def latin(written: str) -> str:
    """Return a text in ASCII: letters without their marks (`é` is `e`), others left out."""
    if written.isascii():
        return written
    from unicodedata import normalize  # noqa: PLC0415  # for few

    return normalize("NFKD", written.replace("ß", "ss")).encode("ascii", "ignore").decode()


def _words(written: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+", humps(latin(written), " "))


def _duration(written: str) -> str | None:
    match = re.fullmatch(r"(?:PT?)?\s*([0-9]+)\s*([A-Za-z]*)\.?", written)
    if match is None:
        return None
    number, unit = whole(match.group(1)), match.group(2).lower()
    if unit in ("ms", "millis", "milliseconds"):
        return f"{number // 1000}s" if number % 1000 == 0 else None
    if unit.startswith("w"):
        return f"{number * 7}d"
    short = unit[:1] or "s"
    return f"{number}{short}" if short in "smhd" and not unit.startswith("mo") else None


def _minutes(written: str) -> str | None:
    return f"{written}m" if written.isdecimal() else _duration(written)


def _days(written: str) -> str | None:
    if written.isdecimal():
        return f"{written}d"
    duration = _duration(written) or ""
    hours = whole(duration[:-1]) if duration.endswith("h") else 1
    return f"{hours // 24}d" if hours % 24 == 0 else duration


def _size(written: str) -> str | None:
    match = re.fullmatch(r"(\d+)\s*([A-Za-z]*)", written)
    if match is None:
        return None
    number, unit = whole(match.group(1)), match.group(2).lower()
    if unit in ("", "b", "bytes"):
        for name, factor in BYTES.items():
            if number and number % factor == 0:
                return f"{number // factor}{name}"
        return None
    return {"k": f"{number}KiB", "m": f"{number}MiB"}.get(unit[0])


def _kebab(written: str) -> str:
    return "-".join(_words(written)).lower().lstrip("0123456789-")


def _pascal(written: str) -> str:
    return "".join(w[:1].upper() + w[1:] for w in _words(written)).lstrip("0123456789")


def _aws_name(written: str) -> str:
    return "-".join(re.findall(r"[A-Za-z0-9_]+", latin(written)))


def _path(written: str) -> str:
    return written.replace("\\", "/")


def _package(written: str) -> str:
    return re.sub(r"(/__init__)?\.py$", "", _path(written)).replace("-", "_")


def _requirement(written: str) -> str | None:
    number = re.fullmatch(r"[v^~=]*\s*(\d+(?:\.\d+)*)(?:\.[*x])?", written.strip())
    if number is None:
        return None
    return f"~={number[1]}" if "." in number[1] else f"~={number[1]}.0"


def _phone(written: str) -> str:
    digits = re.sub(r"[\s().-]", "", written)
    return "+" + digits[2:] if digits.startswith("00") else digits


def _account(written: str) -> str:
    return re.sub(r"[\s-]", "", written)


def _principal(written: str) -> str:
    name, _, _ = written.lower().removeprefix("aws.").partition(".am")
    return f"{name}.amazonaws.com"


def _https(written: str) -> str:
    return "https://" + re.sub(r"^[a-z]+:/*", "", written)


def _key(written: str) -> str | None:
    if written.startswith("arn:"):
        return f'{{arn: "{written}"}}'
    return nearest(written.lower(), ("managed-by-stack", "provided"))


def _region(written: str) -> str | None:
    """`EU_West_1`, or an availability zone such as `eu-west-1a`."""
    match = re.fullmatch(r"([a-z]{2}(?:-[a-z]+)+-[0-9])[a-z]?", written.lower().replace("_", "-"))
    return match[1] if match else None


_GUESSES: dict[str, Callable[[str], str | None]] = {
    "region": _region,
    "name": _kebab,
    "message-name": _pascal,
    "aws-name": _aws_name,
    "package-path": _package,
    "stack-path": _package,
    "path": _path,
    "key": _key,
    "duration": _duration,
    "minutes": _minutes,
    "days": _days,
    "size": _size,
    "requirement": _requirement,
    "phone": _phone,
    "https": _https,
    "account": _account,
    "service-principal": _principal,
}
