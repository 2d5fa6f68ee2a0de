"""JSON-Schema-Test-Suite: what is accepted is judged right, what is refused is known."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from msgc.payloads import violations
from msgc.payloads.vocabulary import CHECKED_FORMATS
from tests.payloads.suite import NOTED, OWN_VOCABULARY, SCHEMA_OF, Group, groups


class Count:
    """What came out, over the groups of a folder."""

    def __init__(self, folder: str = "", file: str = "", draft: str = "draft2020-12") -> None:
        chosen = [
            group
            for group in groups(folder, draft)
            if group.place.startswith(file) and not group.place.startswith(OWN_VOCABULARY)
        ]
        self.groups = len(chosen)
        self.refused: dict[str, set[str]] = {}
        self.verdicts = 0
        self.strict: list[str] = []
        self.lax: list[str] = []
        for group in chosen:
            # the library passes patterns to `re` as they are, and some of these it can't take
            own = draft == "draft2020-12" and not folder and "localhost" not in str(group.schema)
            self._add(group, Draft202012Validator(group.schema) if own else None)

    def _add(self, group: Group, judge: Draft202012Validator | None) -> None:
        outcome = group.read()
        codes = {d.code.id for d in outcome.diagnostics if d.is_error}
        if codes:
            self.refused[group.place] = codes
            return
        assert outcome.value is not None, group.place
        for value, valid in group.tests:
            self.verdicts += 1
            accepted = not violations(outcome.value, {"value": value})
            expected = {valid, judge.is_valid(value)} if judge else {valid}
            if accepted and False in expected:
                self.lax.append(f"{group.place}: {value!r}")
            elif not accepted and True in expected:
                self.strict.append(f"{group.place}: {value!r}")

    @property
    def wrong(self) -> list[str]:
        return [*self.strict, *self.lax]

    def __repr__(self) -> str:
        right = self.verdicts - len(self.wrong)
        return (
            f"{self.groups} groups, {len(self.refused)} refused; {right} of {self.verdicts}"
            f" verdicts right; too strict: {self.strict}; too lax: {self.lax}"
        )


@pytest.mark.parametrize("draft", SCHEMA_OF)
def test_verdicts_of_the_suite(draft: str) -> None:
    count = Count(draft=draft)
    assert not count.lax, count
    strict = {": ".join(place.split(": ")[:2]) for place in count.strict}
    assert strict == (NOTED if draft == "draft2020-12" else set()), count
    assert not count.refused, count
    assert count.groups > 150, count


@pytest.mark.parametrize("name", CHECKED_FORMATS)
def test_verdicts_of_the_formats_that_are_checked(name: str) -> None:
    count = Count("optional/format", f"{name}.json")
    assert not count.wrong, count
    assert count.verdicts > 20, count


def test_verdicts_of_the_optional_part() -> None:
    count = Count("optional")
    assert not count.wrong, count
    assert not count.refused, count
