"""Judge an edit by an inventory: what is told, and what the inventory says after a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgc.diagnostics import Diagnostic, did_you_mean
from msgc.evolution.codes import (
    ENVIRONMENT_GONE,
    FIRST_ENVIRONMENTS,
    MISSING,
    RETAINED,
    SERVICE_RENAMED,
    UNKNOWN_KEY,
)
from msgc.evolution.families import Family, families
from msgc.evolution.findings import findings
from msgc.evolution.former_name import before, was_in
from msgc.evolution.intent import Intent, Judgement
from msgc.evolution.inventory.current import Current
from msgc.evolution.inventory.entry import ALONE, Entry, Made
from msgc.evolution.inventory.environments import environments_of
from msgc.evolution.inventory.lines import given_up, line, written
from msgc.evolution.inventory.reading import Inventory, Line, read
from msgc.evolution.losses import losses
from msgc.evolution.places import whole
from msgc.evolution.swaps import finding, swaps
from msgc.evolution.wording import holding, subject
from msgc.record import Record
from msgc.source import Source
from msgc.topology.model import Topology
from msgc.tree import Mapping, at

SERVICE, ENVIRONMENT, ENVIRONMENTS = "service", "environment", "environments"
"""The key that accepts the loss of everything: the service has another name."""

Committed = Callable[[], Source | None]
"""Asks for the last commit's inventory; None: it isn't known, and all that is held counts."""


def missing(topology: Topology, name: str) -> Diagnostic:
    """An inventory that isn't there, beside a stack that may be deployed."""
    return MISSING.at(
        whole(topology),
        f"there is a generated stack, and no `{name}` that says what is deployed of it",
        help="`msgc build --adopt` takes what this file says for deployed; if the file was edited "
        "since it was deployed, build with `--adopt` as it was, and edit then",
    )


def judge(
    source: Source, now: Current, intent: Intent, committed: Committed, *, building: bool
) -> Judgement:
    """Compare an inventory with what a file makes now."""
    inventory = read(source)
    if inventory.problems:
        return Judgement(diagnostics=inventory.problems)
    if inventory.conflict is not None and not building:
        return Judgement(diagnostics=(inventory.conflict,))
    edit = _Edit(inventory=inventory, now=now, intent=intent, committed=committed)
    if edit.is_renamed:
        return edit.service_renamed()
    return edit.environments_came() if edit.has_first_environments else edit.judged()


class _Edit(Record):
    """An edit, and all that it is judged by."""

    inventory: Inventory
    now: Current
    intent: Intent
    committed: Committed

    def judged(self) -> Judgement:
        """Tell of each loss that isn't meant; keep those that are among what is gone."""
        holds = self._holds()
        first = next(iter(self.now.by_environment.values()))
        found = families(
            losses(holds, self.now.by_environment), [each.entry for each in holds], first
        )
        found = list(self._deployed(found))
        environments = self._environments_gone(holds)
        keys = {f"{ENVIRONMENT}/{name}": name for name in environments}
        told = [*self._unknown(found, keys), *self._returning()]
        now = {each.entry.key: each for each in self.now.made}
        gone: list[str] = []
        for key, name in keys.items():
            if key in self.intent.accepted:
                gone.append(given_up(line(Entry(key=key)), self.intent.why))
            else:
                told.append(self._environment_gone(name, holds))
        swapped = swaps(found, (each.entry for each in holds), now)
        told += (
            finding(swap, now)
            for swap in swapped
            if not any(self._is_accepted(family) for family in swap.families)
        )
        together = {family for swap in swapped for family in swap.families}
        for family in found:
            if self._is_accepted(family):
                given = (each for each in family.all if each is family.head or holding(each.entry))
                gone += (given_up(each.line.text, self.intent.why) for each in given)
            elif family not in together:
                told += findings(family, self.now.topology, now)
        return Judgement(diagnostics=tuple(told), text=self._after(gone))

    def _is_accepted(self, family: Family) -> bool:
        return any(loss.entry.key in self.intent.accepted for loss in family.all)

    def _holds(self) -> list[Line]:
        """Return what is held: not what one side of a merge gave up, nor what is forgotten."""
        given = {each.text.rpartition(", why: ")[0] for each in self.inventory.gone}
        return [
            each
            for each in self.inventory.holds
            if each.text[:-1] not in given and each.entry.key not in self.intent.forgotten
        ]

    def _after(self, gone: Iterable[str]) -> str:
        """Return the inventory after a build: what is made, and what was given up before or now."""
        forgotten = self.intent.forgotten
        before = (each.text for each in self.inventory.gone if each.entry.key not in forgotten)
        return written(self.now.topology.service, self.now.lines, dict.fromkeys((*before, *gone)))

    def _deployed(self, found: list[Family]) -> Iterator[Family]:
        """Yield what is lost of what the last commit has: the rest was never deployed."""
        known = self._identities() if found else None
        for family in found:
            if known is None or any(loss.entry.identity in known for loss in family.all):
                yield family

    def _identities(self) -> frozenset[tuple[str, str]] | None:
        """Return what the last commit holds; None: all that is held counts, as in a merge."""
        source = None if self.inventory.conflict is not None else self.committed()
        if source is None:
            return None
        inventory = read(source)
        return (
            None
            if inventory.problems
            else frozenset(each.entry.identity for each in inventory.holds)
        )

    def _environments_gone(self, holds: list[Line]) -> list[str]:
        """Return protected environments that the file no longer has, while it has others."""
        if ALONE in self.now.by_environment:
            return []
        gone: dict[str, list[Line]] = {}
        for each in holds:
            for name in each.entry.protected:
                if name != ALONE and name not in self.now.by_environment:
                    gone.setdefault(name, []).append(each)
        known = self._identities() if gone else None
        return sorted(
            name
            for name, lines in gone.items()
            if known is None or any(each.entry.identity in known for each in lines)
        )

    def _environment_gone(self, name: str, holds: list[Line]) -> Diagnostic:
        known = environments_of(each.entry for each in holds)
        fresh = [env for env in self.now.by_environment if env not in known]
        accept = f'`msgc build --accept {ENVIRONMENT}/{name} --why "..."`'
        same = f"write `was: {name}` under `{fresh[0]}` if it is the same; " if fresh else ""
        root = self.now.topology.root
        written = root.get(ENVIRONMENTS)
        heir = written.entries[fresh[0]] if fresh and isinstance(written, Mapping) else None
        return ENVIRONMENT_GONE.at(
            (root.key(ENVIRONMENTS) if heir is None else heir[0]).span,
            f"the environment `{name}` is gone: what is deployed of it stays as it is, and nothing "
            "updates it any more",
            help=f"{same}if it isn't deployed any more, {accept}",
            fix=() if heir is None else was_in(heir[1], name),
        )

    def _unknown(self, found: list[Family], keys: Iterable[str]) -> Iterator[Diagnostic]:
        """Tell of keys that the options of a build name and that are none."""
        losing = {loss.entry.key for family in found for loss in family.all} | set(keys)
        for key in self.intent.accepted:
            if key not in losing:
                yield self._no_such(f"nothing of `{key}` would be lost", key, losing)
        known = {each.entry.key for each in (*self.inventory.holds, *self.inventory.gone)}
        for key in self.intent.forgotten:
            if key not in known:
                yield self._no_such(f"the inventory has no `{key}`", key, known)

    def _no_such(self, said: str, key: str, known: set[str]) -> Diagnostic:
        helps = did_you_mean(key, known) or "build without it"
        return UNKNOWN_KEY.at(whole(self.now.topology), said, help=helps)

    def _returning(self) -> Iterator[Diagnostic]:
        """Tell of new things whose name something has that was left behind."""
        held = {each.entry.identity for each in self.inventory.holds}
        left = [
            each.entry
            for each in self.inventory.gone
            if each.entry.removal and each.entry.key not in self.intent.forgotten
        ]
        for new in self.now.made if left else ():
            if new.entry.identity in held:
                continue
            for old in left:
                if old.type == new.entry.type and old.names.items() & new.entry.names.items():
                    yield _returned(old, new, self.now.topology)

    @property
    def is_renamed(self) -> bool:
        """Whether the service has another name, and nothing of it is made under the old one."""
        inventory = self.inventory
        if inventory.service in {None, self.now.topology.service} or not inventory.holds:
            return False
        ids = {each.entry.id for each in self.now.made}
        return not any(each.entry.id in ids for each in inventory.holds if each.entry.id)

    def service_renamed(self) -> Judgement:
        """Tell once that all of a service would be made anew."""
        known = self._identities()
        lost = [each for each in self._holds() if known is None or each.entry.identity in known]
        held = [each for each in lost if holding(each.entry)]
        if SERVICE in self.intent.accepted or not held:
            why = self.intent.why
            return Judgement(text=self._after([given_up(each.text, why) for each in lost if why]))
        return Judgement(diagnostics=(_renamed(self.inventory, self.now.topology, held),))

    @property
    def has_first_environments(self) -> bool:
        """Whether the file was built without environments, and has some of other names now."""
        environments = set(environments_of(each.entry for each in self.inventory.holds))
        if ALONE in self.now.by_environment or environments != {ALONE}:
            return False
        named = {name for each in self.now.made for name in each.entry.names.values()}
        return not any(each.entry.names.get(ALONE) in named for each in self.inventory.holds)

    def environments_came(self) -> Judgement:
        """Tell once that all would be made anew, under the names of environments."""
        known = self._identities()
        lost = [each for each in self._holds() if known is None or each.entry.identity in known]
        held = [each for each in lost if holding(each.entry)]
        if ENVIRONMENTS in self.intent.accepted or not held:
            why = self.intent.why
            return Judgement(text=self._after([given_up(each.text, why) for each in lost if why]))
        return Judgement(
            diagnostics=(_named_anew(self.now.topology, tuple(self.now.by_environment), held),)
        )


def _named_anew(topology: Topology, environments: tuple[str, ...], held: list[Line]) -> Diagnostic:
    first = "prod" if "prod" in environments else environments[-1]
    return FIRST_ENVIRONMENTS.at(
        topology.root.key(ENVIRONMENTS).span,
        "with environments, names in AWS end in theirs: all that is deployed would be made anew,"
        f" and the old deleted, with what {_counted(held)} hold",
        help="write `names: plain` under the environment that is deployed already:"
        f" `{first}: {{names: plain}}`; or, if all of it is to go,"
        f' `msgc build --accept {ENVIRONMENTS} --why "..."`',
    )


def _returned(old: Entry, new: Made, topology: Topology) -> Diagnostic:
    return RETAINED.at(
        new.declared.key if new.declared is not None else whole(topology),
        f"the deployment would fail: {subject(old)} was left behind, and has the name",
        help="give it another `name`; or delete the old one in AWS, then "
        f"`msgc build --forget {old.key}`",
    )


def _renamed(inventory: Inventory, topology: Topology, held: list[Line]) -> Diagnostic:
    key = topology.root.key(SERVICE).span
    return SERVICE_RENAMED.at(
        at(topology.root, (SERVICE,)).span,
        f"the service was `{inventory.service}` when it was built: all of it would be made anew, "
        f"and the old deleted, with what {_counted(held)} hold",
        help=f"write `was: {inventory.service}` beside `service`, which keeps all names; or, if it "
        f'is meant, `msgc build --accept {SERVICE} --why "..."`',
        fix=(before(key, str(inventory.service)),),
    )


def _counted(held: list[Line]) -> str:
    """Return how many of each kind hold something: `12 queues, 1 archive`."""
    counted = Counter(each.entry.prefix for each in held)
    several = {"queue": "queues", "topic": "topics", "bus": "buses", "archive": "archives"}
    shown = [
        f"{counted[word]} {word if counted[word] == 1 else words}"
        for word, words in several.items()
        if counted[word]
    ]
    return ", ".join(shown) or "they"
