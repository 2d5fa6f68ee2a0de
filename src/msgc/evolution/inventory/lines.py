"""Write an inventory: YAML, one flow mapping a line, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.artifact import HASH
from msgc.evolution.inventory.entry import ALONE, Entry

HOLDS, GONE = "holds:", "gone:"
BEFORE = "  - "
_ABOUT = (
    "# What is deployed of this service and would be missed. Commit it: it is how msgc tells of an",
    "# edit that would lose messages, before it is deployed.",
)
_WORDS = ("true", "false")
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@+")


def written(service: str, holds: Iterable[str], gone: Iterable[str]) -> str:
    """Return the text of an inventory, of its lines."""
    lines = [HASH.begin(service), *_ABOUT]
    for word, found in ((HOLDS, sorted(holds)), (GONE, sorted(gone))):
        if found:
            lines += (word, *(f"{BEFORE}{each}" for each in found))
        elif word == HOLDS:
            lines.append(f"{word} []")
    return "\n".join(lines) + "\n"


def line(entry: Entry) -> str:
    """Return an entry as a flow mapping."""
    return _mapping(dict(_fields(entry)))


def given_up(text: str, why: str) -> str:
    """Return the line of what is gone: what it was, with the reason."""
    return f"{text[:-1]}, why: {_scalar(why)}}}"


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what is said of an entry, in the order in which it reads best."""
    yield from _texts(key=entry.key, stack=entry.stack, id=entry.id, type=entry.type)
    yield from _by_environment("name", entry.names)
    for name, found in {"fixed": entry.fixed, "keeps": entry.keeps}.items():
        if found:
            yield name, _mapping({key: _value(text) for key, text in sorted(found.items())})
    lists = {"of": entry.of, "waits": entry.waits, "attributes": entry.attributes,
             "may": entry.may}  # fmt: skip
    yield from ((name, _list(listed)) for name, listed in lists.items() if listed)
    yield from _texts(wire=entry.wire, envelope=entry.envelope)
    yield from _by_environment("filter", entry.filters)
    yield from _texts(removal=entry.removal)
    yield from ((name, "true") for name, on in {"others": entry.others}.items() if on)
    flags = {"off": entry.off, "only": entry.only, "protected": entry.protected}
    for name, environments in flags.items():
        if environments:
            yield name, "true" if environments == (ALONE,) else _list(environments)
    yield from _texts(why=entry.why)


def _by_environment(word: str, found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield `name` of a file without environments, `names` of one with some."""
    if found.keys() == {ALONE}:
        yield word, _scalar(found[ALONE])
    elif found:
        yield f"{word}s", _mapping({env: _scalar(text) for env, text in sorted(found.items())})


def _list(found: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_scalar, found))}]"


def _texts(**texts: str) -> Iterator[tuple[str, str]]:
    """Yield those that say something."""
    yield from ((name, _scalar(text)) for name, text in texts.items() if text)


def _mapping(found: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {text}' for key, text in found.items())}}}"


def _value(text: str) -> str:
    return text if text in _WORDS else _scalar(text)


def _scalar(text: str) -> str:
    """Return a text, in quotes where it would be read as something else without."""
    plain = text[:1].isalnum() or text[:1] == "/"
    if plain and text[-1] != ":" and _SAFE.issuperset(text) and not _read_otherwise(text):
        return text
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"' if inside.isprintable() else f'"{"".join(map(_escaped, inside))}"'


def _read_otherwise(text: str) -> bool:
    """Whether some reader of YAML takes a text for a word or a number of its own."""
    return text.lower() in _READ or _NUMERIC.issuperset(text)


_NUMERIC = frozenset("0123456789.+-_:eExX")
_READ = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
