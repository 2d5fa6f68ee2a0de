"""What checking filters and payloads adds to `msgc validate`."""

from __future__ import annotations

from installed import Installed
from large_service import write
from measure import Timing, program
from rows import Row

from cases.validate import NO_LIMIT


def rows(installed: Installed) -> list[Row]:
    """Run it."""
    folder = installed.workspace("checks")
    write(1000, 100, folder)
    timings = program(installed.python, "time_checks.py", folder / "messaging.yaml", env=NO_LIMIT)
    checks = timings["checks"]
    pairs = zip(timings["all"].seconds, checks.seconds, strict=True)
    others = Timing([whole - added for whole, added in pairs])
    return [
        Row(
            what="checks of filters and payloads, 1,000 resources / all others",
            ours=str(checks),
            theirs=str(others),
            figure=checks.minimum / (timings["all"].minimum - checks.minimum) * 100,
            unit="%",
            bar=20.0,
        ),
    ]
