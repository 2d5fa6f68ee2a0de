"""What lint has to say: one code a rule, and one for a rule that crashed."""

from __future__ import annotations

from msgc.diagnostics import Code
from msgc.lint.registry import RULES

RULE_CRASHED = Code(
    id="MSG901",
    name="rule-crashed",
    severity="error",
    explanation="""\
A rule stopped with an exception: this is a bug in msgc, not in your file.

All other rules ran, and everything they found is listed. Please report it with the file, or the
smallest part of it that still shows the crash. Until it is mended, the rule can be switched off on
the line that the message points at:

```yaml
version: 1   # msgc: ignore[rule-crashed] reported
```
""",
)

CODES = (*(rule.code for rule in RULES), RULE_CRASHED)
