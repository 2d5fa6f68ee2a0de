"""What is tried first, and the long way: the same payloads, or refused."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import field as dict_field
from dataclasses import make_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgc.runtime.codec import any_value, codec, formats, multiples, unions, unique, unset
from msgc.runtime.codec.checks import Pending
from msgc.runtime.codec.codec import Spec
from msgc.runtime.codec.compiled.decoding import compiled_decoder
from msgc.runtime.codec.compiled.encoding import compiled_encoder
from msgc.runtime.codec.maps import Map
from msgc.runtime.codec.objects import NO_DEFAULT
from msgc.runtime.codec.patterns.regexes import Pattern
from msgc.runtime.codec.unset import UNSET
from msgc.runtime.codec.violations import InvalidPayload
from msgc.runtime.json_text import compact

UUID = "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11"

LEAVES: list[Spec] = [
    codec.String(),
    codec.String(min_length=1, max_length=3),
    codec.String(pattern=Pattern(r"^[ab]*\Z"), max_length=2),
    formats.Formatted("uuid"),
    formats.Formatted("date-time"),
    formats.Formatted("date", min_length=3),
    formats.Formatted("decimal"),
    codec.Integer(),
    codec.Integer(minimum=0, maximum=3),
    codec.Number(),
    codec.Number(exclusive_minimum=0, multiple_of=multiples.unit(0.5)),
    codec.Number(enum=(1, 2.5)),
    codec.Number(decimal=True),
    codec.Boolean(),
    codec.Null(),
    codec.Choice("a", "b"),
    codec.Choice(1, 2.5),
    codec.Choice(True),  # noqa: FBT003  # a constant of JSON
    any_value.Anything(),
    Map(codec.Integer()),
    unions.OneOf(codec.String(), codec.Integer()),
]

SCALARS: list[Any] = [
    None, True, False, 0, 1, 2, -1, 2**70, 10**400, 0.0, 1.0, 2.5, 1e308, float("nan"),
    float("inf"), "", "a", "b", "aa", "abc", "é", '"\\', "\ud800", "\uffff", UUID, "2026-01-02",
    "2026-01-02T03:04:05Z", "2026-01-02T03:04:60+01:00", "1.50", [], {}, {"x": 1}, ["a", "a"],
]  # fmt: skip

WIRES = ("a", "b", "a-b", "{a}", "%s", 'q"uote', "\ud800", "\\")


def model(*fields: codec.Field, **options: Any) -> Any:
    """A class as stubs have it; a default is the same in Python as in JSON."""
    names = [
        (f.name, Any) if f.required else (f.name, Any, default_of(f))
        for f in sorted(fields, key=lambda field: not field.required)
    ]
    spec = codec.Object(*fields, **options)
    others: Any = [("others", Any, dict_field(default_factory=dict))] if spec.rest else []
    return make_dataclass(
        "Thing",
        names + others,
        bases=(codec.HasDefaults,) if spec.defaults else (),
        namespace={"__codec__": spec},
        frozen=True,
        slots=True,
        kw_only=True,
    )


def default_of(field: codec.Field) -> Any:
    return field.left_out if field.default is NO_DEFAULT else field.default


def parts(inner: st.SearchStrategy[Spec]) -> st.SearchStrategy[Spec]:
    return (
        st.builds(codec.Nullable, inner)
        | st.builds(codec.Array, inner, max_items=st.none() | st.just(1))
        | st.builds(unique.UniqueArray, inner, max_items=st.none() | st.just(1))
        | models(inner).map(codec.Nested)
    )


def optional(wire: str, spec: Spec, *, name: str | None = None) -> codec.Field:
    """As the emitter writes it: absence is told from null, where that is a value."""
    declare = unset.optional if spec.admits_null() else codec.optional
    return declare(wire, spec, name=name)


def with_default(wire: str, spec: Spec, *, name: str) -> codec.Field:
    """A property with the first of these defaults that fits."""
    if spec.admits_null():
        return codec.optional(wire, spec, name=name, default=None)
    for value in ("a", 1, True):
        found: Any = []
        if spec.decode(Pending())(value, None, found) == value and not found:
            return codec.optional(wire, spec, name=name, default=value)
    return optional(wire, spec, name=name)


@st.composite
def models(draw: st.DrawFn, inner: st.SearchStrategy[Spec]) -> Any:
    wires = draw(st.lists(st.sampled_from(WIRES), max_size=4, unique=True))
    ways = st.sampled_from((codec.required, optional, with_default))
    fields = [draw(ways)(wire, draw(inner), name=f"f{i}") for i, wire in enumerate(wires)]
    rest = draw(st.none() | st.tuples(st.just("others"), st.builds(Map, inner)))
    closed = rest is None and draw(st.booleans())
    return model(*fields, closed=closed, rest=rest, max_properties=draw(st.none() | st.just(2)))


SPECS = st.recursive(st.sampled_from(LEAVES), parts, max_leaves=6)


def payloads(spec: Any) -> st.SearchStrategy[Any]:
    """Values that mostly fit."""
    anything = st.sampled_from(SCALARS)
    match spec:
        case codec.Nullable(inner=inner):
            return st.none() | payloads(inner)
        case codec.Array(items=items):
            return st.lists(payloads(items), max_size=3) | anything
        case codec.Nested(target=target):
            return objects(target) | anything
        case _:
            return anything


def objects(cls: Any) -> st.SearchStrategy[Any]:
    fields = cls.__codec__.fields
    needed = {f.wire: payloads(f.spec) for f in fields if f.required}
    extra = {f.wire: payloads(f.spec) for f in fields if not f.required}
    rest = cls.__codec__.rest
    other = st.just(1) if rest is None else st.just(1) | payloads(rest[1])
    return st.fixed_dictionaries(needed, optional=extra | {"other": other, 'o"': other})


def attempt(convert: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What comes out, as text: NaN and 1 == 1.0 are told apart, too."""
    try:
        return repr(convert(*arguments, **named))
    except (InvalidPayload, *codec.REFUSALS):
        return None


@given(st.data())
def test_reads_what_the_long_way_reads(data: st.DataObject) -> None:
    cls = data.draw(models(SPECS))
    value = data.draw(objects(cls))
    read = attempt(compiled_decoder(cls, {}), value)
    assert read in {None, attempt(codec.decode, cls, value)}


def draw_others(data: st.DataObject) -> bool:
    return data.draw(st.booleans())


@given(st.data())
def test_writes_what_the_long_way_writes(data: st.DataObject) -> None:
    cls = data.draw(models(SPECS))
    value = data.draw(objects(cls))
    try:
        message = codec.decode(cls, value)
    except InvalidPayload:
        message = cls(**{field.name: value.get(field.wire) for field in cls.__codec__.fields})
        if cls.__codec__.rest and draw_others(data):
            message = replace(message, others=data.draw(st.sampled_from([value, {1: 2}, None])))
    written = attempt(compiled_encoder(cls, {}), message)
    long = attempt(lambda message: compact(codec.encode(message)), message)
    assert written in {None, long}


ALONE = [
    *(made for leaf in LEAVES for made in (leaf, codec.Nullable(leaf), codec.Array(leaf))),
    formats.Formatted("uuid", max_length=3),
    codec.Array(any_value.Anything(), min_items=2),
    codec.Array(codec.String(), max_items=0),
]


@pytest.mark.parametrize("spec", ALONE)
def test_every_value_of_every_kind(spec: Spec) -> None:
    cls = model(codec.required("a", spec))
    read, write = compiled_decoder(cls, {}), compiled_encoder(cls, {})
    values = [*SCALARS, *([value] for value in SCALARS)]
    assert len(values) < codec.HOT, "or `decode` is no long way any more"
    for value in values:
        messages = [cls(a=value)]
        long: str | None = None
        try:
            messages.append(codec.decode(cls, {"a": value}))
            long = repr(messages[1])
        except InvalidPayload:
            pass
        assert attempt(read, {"a": value}) in {None, long}, value
        for message in messages:
            written = attempt(lambda message: compact(codec.encode(message)), message)
            assert attempt(write, message) in {None, written}, value


@pytest.mark.parametrize(
    ("field", "values"),
    [
        # what is read, and is written the same; by a class that is seen for the first time or often
        (codec.optional("a", codec.String()), [{}, {"a": ""}]),
        (optional("a", codec.Nullable(codec.String())), [{}, {"a": None}, {"a": "x"}]),
        (optional("a", any_value.Anything()), [{}, {"a": None}, {"a": []}]),
        (optional("a", codec.Null()), [{}, {"a": None}]),
        (optional("a", unions.OneOf(codec.Null(), codec.Boolean())), [{}, {"a": None}]),
        (codec.optional("a", codec.Nullable(codec.String()), default=None), [{}, {"a": None}]),
        (codec.optional("a", codec.Nullable(codec.String()), default="x"), [{}, {"a": None}]),
        (codec.optional("a", codec.String(), default="x"), [{}, {"a": "x"}, {"a": "y"}]),
        (codec.optional("a", codec.Integer(), default=1), [{}, {"a": 1}, {"a": 2}]),
        (codec.optional("a", codec.Boolean(), default=False), [{}, {"a": False}]),
    ],
)
def test_null_and_absent_and_the_default_are_told_apart(
    field: codec.Field, values: list[dict[str, Any]]
) -> None:
    cls = model(field)
    read, write = compiled_decoder(cls, {}), compiled_encoder(cls, {})
    for value in values:
        assert codec.encode(codec.decode(cls, value)) == value
        assert write(read(value)) == compact(value)
        assert write(codec.decode(cls, value)) == compact(value)
        assert codec.encode(read(value)) == value


def test_what_is_made_has_its_defaults_written() -> None:
    text = codec.Nullable(codec.String())
    cls = model(
        codec.optional("tier", codec.String(), default="gold"),
        codec.optional("note", text, default=None),
        optional("nick", text),
    )
    made = cls()
    assert codec.encode(made) == {"tier": "gold"}
    assert codec.encode(cls(nick=None)) == {"tier": "gold", "nick": None}
    assert made == codec.decode(cls, {})
    copy = replace(codec.decode(cls, {"note": None}), nick="n")
    assert codec.encode(copy) == {"tier": "gold", "nick": "n"}
    assert pickle.loads(pickle.dumps(made.nick)) is UNSET  # noqa: S301  # our own
    assert deepcopy(made).nick is UNSET
    assert not UNSET
    assert repr(made.nick) == "UNSET"


FITTING: list[tuple[Spec, Any]] = [
    (codec.String(), "a"),
    (codec.String(pattern=Pattern("^a")), "ab"),
    (formats.Formatted("uuid"), UUID),
    (formats.Formatted("date-time"), "2026-01-02T03:04:05Z"),
    (codec.Integer(maximum=3), 3),
    (codec.Number(minimum=1), 1),
    (codec.Number(minimum=1), 1.5),
    (codec.Boolean(), True),
    (codec.Choice("a", "b"), "b"),
    (codec.Choice(1, 2), 2),
    (codec.Nullable(codec.String()), None),
    (codec.Array(codec.Integer(), min_items=1), [1, 2]),
    (codec.Array(codec.Nested(model(codec.optional("a", codec.String())))), [{}, {"a": "b"}]),
    (Map(codec.Integer()), {"x": 1}),
    (unions.OneOf(codec.String(), codec.Integer()), 1),
    (any_value.Anything(), {"x": [1.5, None]}),
]


@pytest.mark.parametrize(("spec", "wire"), FITTING)
@pytest.mark.parametrize("field", [codec.required, codec.optional])
def test_what_fits_takes_no_second_way(spec: Spec, wire: Any, field: Any) -> None:
    cls = model(field("a", spec))
    message = codec.decode(cls, {"a": wire})
    assert compiled_decoder(cls, {})({"a": wire}) == message
    assert compiled_encoder(cls, {})(message) == codec.write(codec.encode(message))


@pytest.mark.parametrize("values", [any_value.Anything(), formats.Formatted("date")])
@pytest.mark.parametrize("fields", [(), (codec.required("a", codec.Integer()),)])
def test_other_properties_take_no_second_way(fields: tuple[codec.Field, ...], values: Spec) -> None:
    cls = model(*fields, rest=("others", Map(values)))
    for others in ({}, {"b": "2026-01-02"}, {"b": "2026-01-02", 'c"': "2026-01-03"}):
        wire = {"a": 1, **others} if fields else others
        message = codec.decode(cls, wire)
        assert compiled_decoder(cls, {})(wire) == message
        assert (
            compiled_encoder(cls, {})(message)
            == codec.write(codec.encode(message))
            == compact(wire)
        )


@pytest.mark.parametrize("options", [{"min_properties": 2}, {"max_properties": 0}])
def test_how_many_properties_there_are_is_counted(options: dict[str, int]) -> None:
    cls = model(
        codec.optional("a", codec.Integer()), codec.optional("b", codec.Integer()), **options
    )
    assert attempt(compiled_decoder(cls, {}), {"a": 1}) is None
    assert attempt(compiled_encoder(cls, {}), cls(a=1)) is None


def test_recursive() -> None:
    holder: list[Any] = []
    tree = codec.Array(codec.Nested(lambda: holder[0]))
    holder.append(model(codec.optional("trees", tree), codec.required("n", codec.Integer())))
    value = {"n": 1, "trees": [{"n": 2}, {"n": 3, "trees": []}]}
    message = codec.decode(holder[0], value)
    assert compiled_decoder(holder[0], {})(value) == message
    assert compiled_encoder(holder[0], {})(message) == codec.write(codec.encode(message))


def _checked(self: Any) -> None:
    if self.a > 1:
        message = "too many"
        raise ValueError(message)


def _made(self: Any, a: int) -> None:
    object.__setattr__(self, "a", a + 1)


def _refused(cls: type, **_: int) -> Any:
    raise LookupError(cls)


ADDED: list[dict[str, Any]] = [
    {}, {"__post_init__": _checked}, {"__init__": _made}, {"__new__": _refused},
]  # fmt: skip


@pytest.mark.parametrize("added", ADDED, ids=" ".join)
def test_what_was_added_to_a_class_runs(added: dict[str, Any]) -> None:
    cls: Any = type("Mine", (model(codec.required("a", codec.Integer())),), added)
    for number in (1, 2):
        value = {"a": number}
        assert attempt(compiled_decoder(cls, {}), value) == attempt(cls, **value)


def test_what_is_left_out_is_made_anew() -> None:
    defaults = make_dataclass(
        "Defaults",
        [("a", Any, dict_field(default_factory=list))],
        namespace={"__codec__": codec.Object(codec.optional("a", codec.Array(codec.Null())))},
        kw_only=True,
    )
    read = compiled_decoder(defaults, {})
    assert read({}) == defaults()
    assert read({}).a is not read({}).a


def test_nothing_changes_when_a_class_is_often_seen() -> None:
    cls = model(codec.required("a", codec.Integer(minimum=0)), closed=True)
    for _ in range(3 * codec.HOT):
        message = codec.decode(cls, {"a": 1})
        assert codec.encode_text(message) == '{"a":1}'
        with pytest.raises(InvalidPayload, match=r"\$\.a: expected at least 0"):
            codec.decode(cls, {"a": -1})
        with pytest.raises(InvalidPayload, match=r"\$\.b: isn't a property"):
            codec.decode(cls, {"a": 1, "b": 2})
        with pytest.raises(InvalidPayload, match="expected an integer"):
            codec.encode_text(cls(a="1"))
