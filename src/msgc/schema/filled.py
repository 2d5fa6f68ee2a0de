"""Whether a text with placeholders can have its form once they are filled in."""

from __future__ import annotations

import re

from msgc.schema.expected import Expected

_OWN = {"env": "prod", "account": "111122223333", "region": "eu-west-1"}
_VALUES = ("111122223333", "x", "https://example.com", "+31612345678", "x@example.com")
"""What inputs may be, one for each form that an address has."""


_ADDRESSES = ("arn", "parameter", "https", "http", "email", "phone", "log-group", "imported-name")
"""Forms that a text with placeholders may have, beside the ARNs of kinds."""


def could_fit(text: str, expected: Expected) -> bool:
    """Return False only if no value of the inputs in a text gives it the form of an address.

    A text that is a single input may be anything, but not the word `provided`. Where no address is
    meant, there may be no placeholder, which is for `msgc.resolve` to say.
    """
    if expected.format == "provided":
        return False
    form = expected.pattern
    if form is None or not (expected.format in _ADDRESSES or expected.format.endswith("-arn")):
        return True
    parts = re.split(r"\$\{([^{}]*)\}", text)
    names = parts[1::2]
    if len(names) == 1 and not parts[0] and not parts[2] and names[0] not in _OWN:
        return True
    return any(
        form.match(
            "".join(_OWN.get(part, value) if i % 2 else part for i, part in enumerate(parts))
        )
        for value in _VALUES
    )
