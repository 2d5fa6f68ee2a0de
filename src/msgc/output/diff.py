"""The difference between the disk and a plan, as a unified diff."""

from __future__ import annotations

from msgc.output.plan import Plan


def diff(plan: Plan) -> str:
    """Return what `apply` would change; empty for a clean plan."""
    from difflib import unified_diff  # noqa: PLC0415  # 4 ms, needed only when something differs

    out: list[str] = []
    for change in plan.having("create", "update", "stale"):
        out += unified_diff(
            _lines(change.before),
            _lines(change.after),
            "/dev/null" if change.before is None else f"a/{change.path}",
            "/dev/null" if change.after is None else f"b/{change.path}",
        )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in out)


def _lines(content: bytes | None) -> list[str]:
    text = (content or b"").decode(errors="replace").replace("\r\n", "\n")
    return text.splitlines(keepends=True)
