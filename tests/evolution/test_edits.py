"""Sixty edits of a deployed service: those that lose something are named, the others are silent."""

from __future__ import annotations

from functools import cache

import pytest

from msgc.diagnostics import Edit as Insertion
from msgc.links.model import Links
from msgc.topology.model import Topology
from tests.evolution.edited import EDITS, SERVICE, Edit
from tests.evolution.judged import compiled, inventory, judged, loses, said


@cache
def before() -> tuple[tuple[Topology, Links], str]:
    return compiled(SERVICE), inventory(SERVICE)


def edited(edit: Edit) -> str:
    text = SERVICE
    for old, new in edit.replaced:
        assert old in text, (edit.name, old)
        text = text.replace(old, new)
    return text


def test_there_are_sixty() -> None:
    assert len(EDITS) >= 60
    assert len({edit.name for edit in EDITS}) == len(EDITS)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_edit(edit: Edit) -> None:
    was, held = before()
    text = edited(edit)
    lost = loses(was, compiled(text))
    assert bool(lost) == edit.loses, lost
    found = judged(text, held)
    assert bool(found.diagnostics) == edit.loses, (lost, said(found.diagnostics))
    for diagnostic in found.diagnostics:
        assert diagnostic.span.source.path == "messaging.yaml"
        assert diagnostic.help


def test_nothing_is_silent_about_itself() -> None:
    _, held = before()
    found = judged(SERVICE, held)
    assert (found.diagnostics, found.text) == ((), held)


RENAMES = [edit for edit in EDITS if edit.name.startswith("rename") and edit.loses]


@pytest.mark.parametrize("edit", RENAMES, ids=lambda edit: edit.name)
def test_what_is_offered_for_a_rename_keeps_everything(edit: Edit) -> None:
    was, held = before()
    text = edited(edit)
    found = judged(text, held).diagnostics
    mended = applied(text, [each for diagnostic in found for each in diagnostic.fix])
    assert "was: " in mended
    assert said(judged(mended, held).diagnostics) == []
    assert loses(was, compiled(mended)) == set()


def applied(text: str, edits: list[Insertion]) -> str:
    for each in sorted(edits, key=lambda each: each.span.start, reverse=True):
        text = text[: each.span.start] + each.text + text[each.span.end :]
    return text
