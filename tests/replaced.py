"""Replace places that a messaging.yaml declares, and move to the new ones all that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.edges import Entry
from tests.services import Part

SECTIONS = {"queue": "queues", "topic": "topics", "bus": "buses"}


def replaceable(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return the places, by section and name, that a file can have others replace."""
    return [
        (section, name)
        for section, name, settings in entries
        if section in SECTIONS.values() and "import" not in settings
    ]


def replaced(parts: Iterable[Part | Entry], places: Iterable[tuple[str, str]]) -> list[Part]:
    """Return a service in which a place `new-jobs` replaces `jobs`, and so on."""
    heirs = {place: f"new-{place[1]}" for place in places}
    found: list[Part] = []
    for section, name, settings in _entries(parts):
        if (section, name) not in heirs:
            found.append(((section, name, _moved(settings, heirs)),))
            continue
        heir = heirs[section, name]
        found.append(((section, name, _moved(settings, heirs)),))
        found.append(((section, heir, {**_moved(settings, heirs), "replaces": name}),))
    return found


def _entries(parts: Iterable[Part | Entry]) -> Iterable[Entry]:
    for part in parts:
        if isinstance(part[0], str):
            yield part
        else:
            yield from part


def _moved(value: Any, heirs: Mapping[tuple[str, str], str], word: str = "") -> Any:
    """Return settings with all names of replaced places in them those of their heirs."""
    if isinstance(value, dict):
        if word in {"filter", "pattern", "body", "schema", "examples"}:
            return value
        return {key: _moved(item, heirs, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, heirs) for item in value]
    if isinstance(value, str) and word in SECTIONS:
        return heirs.get((SECTIONS[word], value), value)
    return value
