"""Every word of JSON Schema 2020-12 is known, and stands on the reference page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

from msgc.payloads.vocabulary import FORMATS, NOTED, SUPPORTED, TYPE_OF, TYPED, UNSUPPORTED

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "payloads.md"
META = "https://json-schema.org/draft/2020-12/meta/"
VOCABULARIES = (
    "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content",
)  # fmt: skip


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_vocabulary(vocabulary: str) -> None:
    meta = cast("dict[str, Any]", REGISTRY.contents(META + vocabulary))
    words = list(meta["properties"])
    assert words
    assert [word for word in words if word not in SUPPORTED] == []
    page = PAGE.read_text("utf-8")
    assert [word for word in words if f"\n| `{word}` | " not in page] == []


def test_all_vocabularies_are_asked_for() -> None:
    meta = cast("dict[str, Any]", REGISTRY.contents("https://json-schema.org/draft/2020-12/schema"))
    assert set(meta["$vocabulary"]) == {
        f"https://json-schema.org/draft/2020-12/vocab/{name}" for name in VOCABULARIES
    }


def test_words_have_one_role() -> None:
    assert not TYPED & set(NOTED)
    assert not SUPPORTED & set(UNSUPPORTED)
    assert TYPED | set(TYPE_OF) <= SUPPORTED


def test_formats_stand_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in FORMATS if f"\n| `{name}` | " not in page] == []
