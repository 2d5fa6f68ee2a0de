"""Over every keyword, payloads are judged as the `jsonschema` library judges them."""

from __future__ import annotations

import json
from random import Random

from hypothesis import event, given, settings
from hypothesis import strategies as st

from msgc.payloads import violations
from tests.payloads.making import Maker, judge
from tests.payloads.schemas import outcome_of

REFUSED = {
    "MSG346": "a way back to the same value",
    "MSG350": "what no value fits",
}


@given(seed=st.integers(0, 2**32))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_verdicts(seed: int) -> None:
    # Choices that hypothesis itself draws, one by one, take ten times as long.
    maker = Maker(Random(seed))  # not for secrets
    schema = maker.message()
    outcome = outcome_of(json.dumps(schema, ensure_ascii=False))
    refused = {d.code.id for d in outcome.diagnostics if d.is_error}
    if refused:
        assert refused <= REFUSED.keys(), [d.message for d in outcome.diagnostics]
        event("refused")
        return
    assert outcome.value is not None
    library = judge(schema)
    for _ in range(8):
        value = maker.value(schema)
        if not isinstance(value, dict):
            continue
        found = violations(outcome.value, value)
        valid = library.is_valid(value)
        event("valid" if valid else "invalid")
        assert (not found) == valid, (schema, value, [str(v) for v in found])
