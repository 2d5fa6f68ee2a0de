"""What a planned stack holds: a line of the inventory for each thing that somebody would miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgc.evolution.inventory.entry import ALONE, Entry, Made
from msgc.evolution.inventory.kinds import KINDS, Held
from msgc.evolution.inventory.replacement import DEFAULTS, REPLACING
from msgc.evolution.inventory.rights import rights_outside
from msgc.evolution.inventory.spelled import referred, spelled
from msgc.evolution.inventory.wire import asynchronous, on_the_wire, waiting
from msgc.record import Record
from msgc.stack.model import Resource, Stack
from msgc.stack.values import Path, Value
from msgc.topology import ids
from msgc.topology.declared import Declared
from msgc.topology.units import duration

_QUEUE, _RULE = "AWS::SQS::Queue", "AWS::Events::Rule"
_FUNCTION, _REGISTRY = "AWS::Lambda::Function", "AWS::EventSchemas::Registry"


class _Around(Record):
    """What is worked out once for all entries of a stack."""

    stack: Stack
    environment: str
    protected: tuple[str, ...]
    """The environment, if it is protected."""
    keys: dict[Path, str]
    waits: dict[Declared, tuple[str, ...]]
    poisoned: dict[Declared, list[Path]]
    """Of each derived dead-letter queue, the queues that it serves."""


def entries(stack: Stack, *, environment: str = ALONE, protected: bool = True) -> tuple[Made, ...]:
    """Return what a stack holds in one environment, sorted by keys."""
    functions = asynchronous(stack.links)
    held = [
        each
        for each in stack.resources
        if each.type in KINDS and (each.type != _FUNCTION or each.path in functions)
    ]
    around = _Around(
        stack=stack,
        environment=environment,
        protected=(environment,) if protected else (),
        keys=_keys(held, stack),
        waits=waiting(stack.links),
        poisoned=_poisoned(stack),
    )
    found = [Made(entry=_entry(each, around), declared=each.declared) for each in held]
    found += on_the_wire(stack.links, around.protected)
    found += rights_outside(stack.links, around.protected)
    return tuple(sorted(found, key=lambda each: each.entry.key))


def _poisoned(stack: Stack) -> dict[Declared, list[Path]]:
    found: dict[Declared, list[Path]] = {}
    for queue in stack.links.topology.queues.values():
        if queue.dead_letter and queue.dead_letter.queue.kind == "dead-letter":
            found.setdefault(queue.dead_letter.queue, []).append((ids.place(queue),))
    return found


def _keys(held: list[Resource], stack: Stack) -> dict[Path, str]:
    """Return the key of each: by its name in the file, and by its own id where several have it."""
    named = {each.path: _key(each, stack) for each in held}
    counted = Counter(named.values())
    return {
        path: key if counted[key] == 1 else f"{key}/{'-'.join(path)}" for path, key in named.items()
    }


def _key(resource: Resource, stack: Stack) -> str:
    prefix, name = KINDS[resource.type].prefix, resource.declared.built_as
    if resource.type == "AWS::SNS::Subscription":  # whose id comes from its endpoint
        name = resource.declared.name
    if resource.type == "AWS::SSM::Parameter":
        published = next(referred(resource.properties["Value"]), resource.path)
        item = stack.items_by_path.get(published)
        name = f"{KINDS[item.type].prefix if item else 'policy'}/{name}"
    elif resource.type == "AWS::EventSchemas::Schema":
        registry = stack.items_by_path[next(referred(resource.properties["RegistryName"]))]
        name = f"{registry.declared.built_as}/{name}"
    return f"{prefix}/{name}"


def _entry(resource: Resource, around: _Around) -> Entry:
    kind, stack, environment = KINDS[resource.type], around.stack, around.environment
    name = resource.properties.get(kind.name) if kind.name else None
    waits = around.waits.get(resource.declared, ()) if resource.type == _QUEUE else ()
    return Entry(
        key=around.keys[resource.path],
        stack=resource.stack,
        id=stack.logical_id(resource),
        type=resource.type,
        names={} if name is None else {environment: spelled(name, stack)},
        fixed=dict(_fixed(resource, kind, stack)),
        keeps=dict(_keeps(resource, kind)),
        of=tuple(dict.fromkeys(_hangs_on(resource, kind, around))),
        waits=waits,
        filters={environment: found} if (found := _filter(resource, stack)) else {},
        off=(environment,) if _is_off(resource) else (),
        removal="retain" if resource.is_retained else "",
        protected=around.protected,
    )


def _is_off(resource: Resource) -> bool:
    return resource.type == _RULE and resource.properties.get("State") == "DISABLED"


def _fixed(resource: Resource, kind: Held, stack: Stack) -> Iterator[tuple[str, str]]:
    for property_ in REPLACING[resource.type]:
        value = _at(resource.properties, property_)
        if value is None:
            value = DEFAULTS.get(property_)
        if value is not None and property_ != kind.name:
            yield property_.rpartition("/")[2], spelled(value, stack)


def _at(value: Value, path: str) -> Value:
    """Return what stands at a path of properties; of a list, that of all in it."""
    for step in path.split("/"):
        match value:
            case dict():
                value = value.get(step)
            case tuple():
                value = tuple(_at(each, step) for each in value)
            case _:
                return None
    return value


def _keeps(resource: Resource, kind: Held) -> Iterator[tuple[str, str]]:
    """Yield what a resource keeps, and for how long."""
    kept = kind.keeps
    if kept is None:
        return
    value = _at(resource.properties, kept.path)
    if isinstance(value, tuple):
        (value,) = value  # a bucket has one rule for all that it keeps
    if value is not None:
        yield kept.what, duration(int(str(value)) * kept.unit)
    elif kept.default:
        yield kept.what, kept.default


def _hangs_on(resource: Resource, kind: Held, around: _Around) -> Iterator[str]:
    """Yield the keys of what a resource is nothing without."""
    keys = around.keys
    for property_ in kind.hangs_on:
        for path in referred(_at(resource.properties, property_)):
            if path in keys:
                yield keys[path]
    if resource.type == _QUEUE:
        poisoned = around.poisoned.get(resource.declared, ())
        yield from (keys[path] for path in poisoned if path in keys)
    elif resource.type == _REGISTRY:
        bus = around.stack.links.topology.buses.get(resource.declared.name)
        if bus is not None and bus.is_made:
            yield keys[ids.place(bus),]


def _filter(resource: Resource, stack: Stack) -> str:
    properties = resource.properties
    match resource.type:
        case "AWS::SNS::Subscription":
            found = properties.get("FilterPolicy")
        case "AWS::Lambda::EventSourceMapping":
            found = _at(properties, "FilterCriteria/Filters")
        case "AWS::Pipes::Pipe":
            found = _at(properties, "SourceParameters/FilterCriteria/Filters")
        case _:
            return ""
    return "" if found is None else spelled(found, stack)
