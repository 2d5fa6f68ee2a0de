"""Rename what a messaging.yaml declares, wherever it is named, with `was` or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

Names = dict[str, dict[str, str]]
"""By section new names by the old ones."""
File = dict[str, Any]

SECTIONS = ("messages", "queues", "topics", "buses", "subscriptions", "consumers", "producers")
_REFERENCES = {
    "queue": "queues", "topic": "topics", "bus": "buses", "consumer": "consumers",
    "enrich": "consumers", "message": "messages", "answers": "messages",
}  # fmt: skip
"""The words whose value is a name, with the section that declares it."""


def renamed(text: str, rename: Callable[[str], str], *, was: bool) -> str:
    """Return a file in which everything has another name, and says what it was."""
    file: File = yaml.safe_load(text)
    names: Names = {
        section: {name: _new(section, name, rename) for name in file.get(section, {})}
        for section in SECTIONS
    }
    queues = dict(names["queues"])
    consumers = file.get("consumers", {})
    queues |= {name: names["consumers"][name] for name in consumers if _buffered(consumers, name)}
    names["queues"] = {**queues, **{f"{old}-dlq": f"{new}-dlq" for old, new in queues.items()}}
    out: File = {}
    for key, value in file.items():
        if key in SECTIONS:
            out[key] = {
                names[key][name]: {
                    **_linked(settings or {}, names),
                    **(_was(key, name, settings or {}) if was else {}),
                }
                for name, settings in value.items()
            }
        else:
            out[key] = value
    out["service"] = rename(file["service"])
    if was:
        out["was"] = file["service"]
    return yaml.safe_dump(out, sort_keys=False)


def _new(section: str, name: str, rename: Callable[[str], str]) -> str:
    if section == "messages":
        return rename(name.lower()).title().replace("-", "")
    return name if (section, name) == ("buses", "default") else rename(name)


def _buffered(consumers: File, name: str) -> bool:
    return bool((consumers[name] or {}).get("buffered"))


def _was(section: str, name: str, settings: File) -> File:
    """Return `was`, where a thing has names in AWS that come from its own."""
    if section == "subscriptions":
        origin, target = settings["from"], settings["to"]
        if "queue" in origin and "consumer" in target and not {"send", "enrich"} & settings.keys():
            return {}  # a mapping has no name
        ends = [origin, *([target] if isinstance(target, dict) else target)]
        handed_over = any(value == "provided" for end in ends for value in end.values())
        if "topic" in origin and (isinstance(target, list) or not handed_over):
            return {}  # nor has a topic's subscription
    return {} if (section, name) == ("buses", "default") else {"was": name}


def _linked(value: Any, names: Names, word: str = "") -> Any:
    """Return settings with all names in them renamed."""
    if isinstance(value, dict):
        if word in {"filter", "pattern", "body", "schema", "examples"}:
            return value
        return {key: _linked(item, names, key) for key, item in value.items()}
    if isinstance(value, list):
        of = "messages" if word == "messages" else None
        return [
            names[of].get(item, item) if of and isinstance(item, str) else _linked(item, names)
            for item in value
        ]
    if isinstance(value, str) and word in _REFERENCES:
        return names[_REFERENCES[word]].get(value, value)
    return value
