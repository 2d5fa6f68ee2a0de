"""Times a validation, and by themselves the checks of filters and payloads; prints the figures."""

from __future__ import annotations

import gc
import sys
from collections import deque

from measure import answer, in_turn

from msgc import payloads
from msgc.filtering.checks import with_sound_filters
from msgc.filtering.overlapping_edges import overlapping_edges
from msgc.links import link
from msgc.lint import lint
from msgc.lint.registry import RULES
from msgc.pipeline import check
from msgc.source import Disk

_OF_PATTERNS = {
    "event-without-rule",
    "pattern-over-quota",
    "pattern-too-long",
    "rule-without-event",
    "rule-without-messages",
}


def main(path: str) -> None:
    gc.disable()  # as the command does
    checked = check(path, Disk()).value
    if checked is None:
        sys.exit(f"{path} isn't valid")
    topology = checked.topology
    links = link(topology).value
    rules = [rule for rule in RULES if rule.code.name in _OF_PATTERNS]
    if links is None or len(rules) != len(_OF_PATTERNS):
        sys.exit("the rules about patterns have other names")

    def checks() -> None:
        deque(overlapping_edges(with_sound_filters(topology, [])), maxlen=0)
        lint(topology, links, resource_limit=None, rules=rules)
        for message in topology.messages.values():
            for example in message.examples:
                payloads.violations(message.payload, example)

    timings = in_turn({"all": lambda: check(path, Disk()), "checks": checks}, blocks=30)
    answer(timings)


if __name__ == "__main__":
    main(sys.argv[1])
