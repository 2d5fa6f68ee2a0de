from __future__ import annotations

from functools import cached_property

import pytest

from msgc.record import Record


class Point(Record):
    x: int
    y: int = 0


class Pixel(Point):
    color: str


def test_fields_and_defaults_with_those_of_the_base_first() -> None:
    pixel = Pixel(x=1, color="red")
    assert repr(pixel) == "Pixel(x=1, y=0, color='red')"
    assert repr(pixel.replace(y=2)) == "Pixel(x=1, y=2, color='red')"


def test_a_field_that_is_missing_or_unknown() -> None:
    with pytest.raises(TypeError, match="Point: missing field 'x'"):
        Point()  # type: ignore[call-arg]  # that is the case
    with pytest.raises(TypeError, match="Point: unknown field 'z'"):
        Point(x=1, z=2)  # type: ignore[call-arg]  # that is the case


def test_a_record_is_frozen() -> None:
    point = Point(x=1)
    with pytest.raises(AttributeError, match="Point is frozen"):
        point.x = 2  # type: ignore[misc]  # that is the case
    with pytest.raises(AttributeError, match="Point is frozen"):
        del point.x
    assert point.x == 1


def test_two_records_are_two() -> None:
    assert Point(x=1) != Point(x=1)


def test_many_records_are_made_as_the_first_one_is() -> None:
    class Place(Record):
        name: str
        level: int = 0
        parts: tuple[str, ...] = ()

    class Nothing(Record):
        pass

    places = [Place(name=str(i), level=i) for i in range(300)]
    assert [repr(place) for place in places] == [
        f"Place(name='{i}', level={i}, parts=())" for i in range(300)
    ]
    assert places[-1].replace(parts=("a",)).parts == ("a",)
    with pytest.raises(TypeError, match="name"):
        Place()  # type: ignore[call-arg]  # that is the case
    with pytest.raises(TypeError, match="floor"):
        Place(name="a", floor=2)  # type: ignore[call-arg]  # that is the case
    with pytest.raises(AttributeError, match="Place is frozen"):
        places[-1].level = 2  # type: ignore[misc]  # that is the case
    assert len({Nothing() for _ in range(300)}) == 300


def test_a_record_made_of_a_busy_one_has_its_own_fields_too() -> None:
    class Base(Record):
        name: str

    for i in range(300):
        Base(name=str(i))

    class Wider(Base):
        size: int = 1

    assert repr(Wider(name="a", size=2)) == "Wider(name='a', size=2)"


class _Measured(Record):
    length: int

    @cached_property
    def area(self) -> int:
        return self.length**2


def test_a_copy_has_nothing_of_what_was_worked_out_before() -> None:
    one = _Measured(length=2)
    assert one.area == 4
    assert one.replace(length=3).area == 9
