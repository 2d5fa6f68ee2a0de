"""JSON-Schema-Test-Suite: what is accepted is judged right, what is refused is known."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from msgc.payloads import violations
from msgc.payloads.vocabulary import CHECKED_FORMATS
from tests.payloads.suite import NOTED, Group, groups

REFUSED = {
    "MSG340": "`$dynamicRef` whose meaning depends on who refers, and dialects of one's own",
    "MSG343": "a `$ref` that the network's `$id`s make an address, and msgc a path",
    "MSG345": "a `$ref` into the network",
}

REFUSED_OPTIONAL = {
    "MSG340": "`dependencies`, and dialects of one's own",
    "MSG341": "keywords that nobody knows",
    "MSG342": "what stands in such a keyword, and a `$ref` leads to",
    "MSG345": "a `$ref` into the network",
}


class Count:
    """What came out, over the groups of a folder."""

    def __init__(self, folder: str = "", file: str = "") -> None:
        chosen = [group for group in groups(folder) if group.place.startswith(file)]
        self.groups = len(chosen)
        self.refused: dict[str, set[str]] = {}
        self.verdicts = 0
        self.strict: list[str] = []
        self.lax: list[str] = []
        for group in chosen:
            # the library passes patterns to `re` as they are, and some of these it can't take
            self._add(group, None if folder else Draft202012Validator(group.schema))

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


def test_verdicts_of_the_suite() -> None:
    count = Count()
    right = count.verdicts - len(count.wrong)
    assert not count.lax, count
    assert right >= 0.995 * count.verdicts, count
    assert {": ".join(place.split(": ")[:2]) for place in count.strict} == NOTED, count
    assert len(count.refused) <= 0.1 * count.groups, count
    assert count.groups > 350, count


@pytest.mark.parametrize("name", CHECKED_FORMATS)
def test_verdicts_of_the_formats_that_are_checked(name: str) -> None:
    count = Count("optional/format", f"{name}.json")
    assert not count.wrong, count
    assert count.verdicts > 20, count


def test_what_is_refused_of_the_suite_is_known() -> None:
    refused = Count().refused
    assert set().union(*refused.values()) == REFUSED.keys(), refused


def test_verdicts_of_the_optional_part() -> None:
    count = Count("optional")
    assert not count.wrong, count
    assert set().union(*count.refused.values()) == REFUSED_OPTIONAL.keys(), count.refused
