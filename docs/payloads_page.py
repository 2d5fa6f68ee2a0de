"""The reference page on payloads: what becomes of every word of JSON Schema, as the code has it.

Every table is computed: roles from the tables of words, Python types by generating classes,
messages by checking values that don't fit, patterns by translating them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import yaml
from patterns_page import cell, row
from payload_examples import (
    ANSWER,
    CLOSED,
    DIALECTS,
    ERRORS,
    KEPT,
    KEYWORDS,
    LINEAR,
    NAMES,
    NUMERIC,
    OPTIONAL,
    REFUSED,
    SLOW,
    TRANSLATED,
    TREE,
    TWO_TARGETS,
    UNIONS,
    UNTAGGED,
    WHOLE,
)
from schemas_read import (
    annotation,
    classes,
    complaint,
    field_line,
    message,
    read_as,
    refused,
    translation,
    with_property,
)

from msgc.payloads.identifiers import field_names
from msgc.payloads.regex import NotForPython, to_python, to_runtime
from msgc.payloads.vocabulary import (
    CHECKED_FORMATS,
    DEEPEST,
    FORMATS,
    MOST_ROUNDS,
    NOTED,
    SUPPORTED,
    TYPED,
    UNSUPPORTED,
)


def page() -> Iterator[str]:
    """Tell everything."""
    yield "# Payloads\n"
    yield "A message's `schema` is JSON Schema, draft 2020-12 unless its `$schema` names another:"
    yield "see [below](#schemas-as-they-are-published). It is read into one specification:"
    yield "the generated classes carry it, and check with it what they read and what they publish;"
    yield "`msgc validate` checks `examples` and filters with the same. A word is either shown by a"
    yield "Python type, or checked, or a note, or refused with what to write instead; none is"
    yield "passed over. The tables here are computed by that code.\n"
    yield from whole()
    yield from keywords()
    yield from dialects()
    yield from formats()
    yield from patterns()
    yield from names()
    yield from absence()
    yield from unions()
    yield from openness()
    yield from errors()


def whole() -> Iterator[str]:
    """Tell how a schema becomes a class."""
    yield "## From a schema to a class\n"
    yield from block("yaml", WHOLE)
    yield from block("python", classes(message(WHOLE)))
    yield "Objects are frozen dataclasses, arrays tuples. A class is named for its place, or for"
    yield "its `$defs` entry or `title`; an `enum` in `$defs` is a type of that name. Schemas"
    yield f"nest up to {DEEPEST} levels, and references lead through"
    yield f"{DEEPEST * (MOST_ROUNDS + 1)}. A type may contain itself through an object's"
    yield "properties:\n"
    yield from block("yaml", TREE)
    yield from block("python", classes(message(TREE)))
    yield "Words that say nothing, as `additionalProperties: true`, `minLength: 0` or a `type`"
    yield "that is said there already, change nothing beside a `$ref`.\n"
    yield "A `$ref` leads into the file, to an `$anchor`, or to another file; never into the"
    yield f"network ({finding(with_property('{$ref: https://example.com/money.json}'))}).\n"


def keywords() -> Iterator[str]:
    """Tell every word: what becomes of it, and what is said of a value that doesn't fit."""
    yield "## Keywords\n"
    assert set(KEYWORDS) == SUPPORTED - set(NOTED)
    yield "*Type*: the Python type shows it, and it is checked. *Checked*: only that; the value has"
    yield "the type that the other words give it, or `JSON`.\n"
    yield "| keyword | | schema of `a` | `a` in Python | what doesn't fit | is said of it |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for word, (schema, value) in KEYWORDS.items():
        made = message(with_property(schema, required=True))
        yield row(
            f"`{word}`",
            [
                "type" if word in TYPED else "checked",
                code(schema),
                code(annotation(made)),
                code(json.dumps(value)),
                cell(complaint(made, {"a": value})),
            ],
        )
    yield ""
    yield "Notes change nothing in what is valid:\n"
    yield "| note | what it does |"
    yield "| --- | --- |"
    for word, meaning in NOTED.items():
        yield row(f"`{word}`", [meaning])
    yield ""
    yield "Words that begin with `x-` are yours, but for `x-python` and `x-sensitive`."
    yield "Others that no draft has are"
    noted = refused(with_property("{type: string, javaType: Sku}"))
    yield f"a note ({noted.code.id}), unless they are nearly a keyword"
    slip = refused(with_property("{type: string, minLenght: 1}"))
    yield f"({slip.code.id}). Refused, with what to write:\n"
    yield "| word | |"
    yield "| --- | --- |"
    for word in UNSUPPORTED:
        found = refused(with_property(f"{{type: string, {word}: true}}"))
        assert found.code.name == "schema-keyword-not-supported"
        yield row(f"`{word}`", [cell(found.help or "")])
    yield ""


def dialects() -> Iterator[str]:
    """Tell which dialects are read, and what their words become."""
    yield "## Schemas as they are published\n"
    yield "Schemas of others are taken as they are. `$schema` tells the draft (4, 6, 7, 2019-09,"
    yield "2020-12), and in an OpenAPI file (3.0, 3.1) its version does:"
    yield "`$ref: api.yaml#/components/schemas/Order`. What they say is said in words of 2020-12:\n"
    yield "| dialect | as it is written | as it is read |"
    yield "| --- | --- | --- |"
    for name, written in DIALECTS:
        yield row(name, [code(written), code(translation(name, written))])
    yield ""
    yield "Up to draft 7 and in OpenAPI 3.0 a `$ref` hides the keywords beside it, and every draft"
    yield "ignores keywords of later ones: they are told as words without effect. A schema that"
    yield "doesn't say its draft may use the words of all.\n"
    two = refused(TWO_TARGETS)
    yield "Which schema a `$dynamicRef` or `$recursiveRef` means may depend on who refers. Then"
    yield f"payloads are checked with the package `jsonschema` ({two.code.id}), by msgc and by the"
    yield "generated code, and classes show what is certain. The functions that handle or publish"
    yield "such a message need the package: in their folder, in a layer, or otherwise, which"
    yield "`function: {packages: [jsonschema]}` tells.\n"
    yield "A reference to an address is found in the `$id`s of files below the folders that"
    yield "`schemas: {folders: [schemas]}` names at the top of `messaging.yaml`; nothing is"
    yield "fetched. `schemas: {annotations: [javaType]}` lists words for other programs, of which"
    yield "nothing is said.\n"


def formats() -> Iterator[str]:
    """Tell every format: a type of its own and checked, or a note."""
    yield "## Formats\n"
    yield "JSON Schema leaves it to the validator whether `format` is checked. Those that Python"
    yield "has a type for are, wherever they stand: without a `type` beside it, a format is about"
    yield "the texts among the values. The others are notes. A check that is stricter than the"
    yield "sender's loses messages, and what a valid e-mail address or URI is, no two libraries"
    yield "agree on. Who wants a check writes a `pattern`.\n"
    yield "| format | defined by | in Python | |"
    yield "| --- | --- | --- | --- |"
    for name in sorted(FORMATS, key=lambda name: name not in CHECKED_FORMATS):
        kind = NUMERIC.get(name, "string")
        made = message(with_property(f"{{type: {kind}, format: {name}}}", required=True))
        checked = complaint(made, {"a": "?"}) if name in CHECKED_FORMATS else "a note"
        yield row(f"`{name}`", [FORMATS[name], code(annotation(made)), cell(checked)])
    decimal = message(with_property("{type: string, x-python: decimal}", required=True))
    yield row(
        "`x-python: decimal`", ["msgc", code(annotation(decimal)), complaint(decimal, {"a": "?"})]
    )
    yield ""
    yield "A `date-time` has an offset, and years from 1 to 9999. Digits of a second beyond the"
    yield "sixth are cut off, a leap second is the second after it. `x-python: decimal` takes text"
    yield "with digits and a point, no exponent; beside `type: number` it takes JSON numbers. An"
    yield "unknown format is a warning"
    yield f"({finding(with_property('{type: string, format: mail}'))}).\n"


def patterns() -> Iterator[str]:
    """Tell the dialect of regular expressions."""
    yield "## Regular expressions\n"
    yield "`pattern` and `patternProperties` are ECMAScript's, as with its flag `u`; they are found"
    yield "anywhere in the text, unless bound by `^` and `$`. They are translated for Python's"
    yield "`re`, in which much means something else:\n"
    yield "| ECMAScript | Python |"
    yield "| --- | --- |"
    for pattern in TRANSLATED:
        yield row(code(pattern), [code(to_python(pattern))])
    yield ""
    yield "`\\p{...}` takes Unicode's general categories, which the generated code looks up when it"
    yield "first needs them. What is broken, another language's, or nothing that Python can do is"
    yield f"refused ({finding(pattern_schema('('))}):\n"
    yield "| pattern | |"
    yield "| --- | --- |"
    for pattern in REFUSED:
        try:
            to_python(pattern)
        except NotForPython as error:
            yield row(code(pattern), [cell(str(error))])
        else:
            message = f"{pattern} isn't refused"
            raise AssertionError(message)
    yield ""
    yield "Whoever can send a message can send a text on which `re` takes hours: it tries one way"
    yield "through a pattern after the other. So msgc works out for each whether the number of ways"
    yield "is bounded, whatever the text is. If it isn't, the pattern begins with the comment"
    yield "`(?#linear)` in the generated code, and is run by a small matcher in the package that"
    yield "follows all ways at once. Either takes time that grows linearly with the text. Some that"
    yield "`re` runs, and some that it doesn't:\n"
    yield "| ECMAScript | in the generated code |"
    yield "| --- | --- |"
    for pattern in LINEAR:
        yield row(code(pattern), [code(to_runtime(pattern))])
    yield ""
    yield "A reference to a group can't be followed in that way. Beside one, what takes too long is"
    yield "refused, unless a `maxLength` bounds the text, which is looked at before `pattern`. What"
    yield "is too large for the matcher is refused as well:\n"
    yield "| pattern | |"
    yield "| --- | --- |"
    for pattern in SLOW:
        found = refused(pattern_schema(pattern))
        yield row(code(pattern), [f"{cell(found.message)} ({finding(pattern_schema(pattern))})"])
    yield ""


def names() -> Iterator[str]:
    """Tell how properties are called in Python."""
    yield "## Names\n"
    yield "Properties are snake_case in Python, and have their own names in JSON. Where two come"
    yield "out the same, they are numbered.\n"
    yield "| property | in Python |"
    yield "| --- | --- |"
    for wire, python in field_names(NAMES).items():
        yield row(code(wire), [code(python)])
    yield ""


def absence() -> Iterator[str]:
    """Tell what an optional property is in Python, and what comes back into JSON."""
    yield "## Absent, null, default\n"
    yield "What was read is written again: a property that was absent stays absent, and `null`"
    yield "stays `null`. What isn't required is None where it is absent, and is left out where it"
    yield "is None. Only a property that may be null besides needs one more word: null is None,"
    yield "and absence is `UNSET`, which is false in a condition and has a type of its own,"
    yield "`Unset`; the package exports both.\n"
    yield '| schema of `a` | `a` in Python | `{}` is read as | `{"a": null}` is read as |'
    yield "| --- | --- | --- | --- |"
    for schema in OPTIONAL:
        made = message(with_property(schema))
        absent, null = read_as(made, {}), read_as(made, {"a": None})
        yield row(code(schema), [code(field_line(made)), code(absent), code(null)])
    yield ""
    yield "A `default` is what an absent property means, and has to fit its own schema. A message"
    yield "that was made has it written; one that was read and had no such property has none"
    yield "written either, until it is copied with `dataclasses.replace`.\n"
    yield "Numbers are compared as JSON does, in which `1` and `1.0` are one. Text with a type of"
    yield "its own in Python keeps its value and not its spelling: a `date-time` the moment to"
    yield "the microsecond, and the offset, where `Z` is written for `+00:00`; a UUID is written"
    yield "in lower case; a decimal without a plus sign and needless zeros at its beginning."
    yield "Where the schema looks at the spelling, by a `pattern`, a `const` around it or a"
    yield "length, the text stays a `str`. Items of a `uniqueItems` list that are spelled in two"
    yield "ways are one value, so they are refused.\n"


def unions() -> Iterator[str]:
    """Tell what `anyOf`, `oneOf` and lists of types become."""
    yield "## Unions\n"
    yield "| schema of `a` | `a` in Python |"
    yield "| --- | --- |"
    for schema in UNIONS:
        made = message(with_property(schema, required=True))
        yield row(code(schema), [code(annotation(made))])
    yield ""
    yield "Options of different JSON types are told apart by these, objects by a required property"
    yield "with a `const` in each. Without one there is no class to choose: the object is a `dict`,"
    yield f"and checked against the schema all the same ({finding(with_property(UNTAGGED))}).\n"
    yield "Where a whole message is such a union, its name is a [type alias of their"
    yield "classes](../generated-code.md#a-message-that-is-a-union). Where an object has properties"
    yield "and a union besides, there is one class with the fields of all options:\n"
    yield from block("yaml", ANSWER)
    yield from block("python", classes(message(ANSWER)))
    yield "An option that says nothing of a property lets everything through, hence the `JSON`;"
    yield "options with `additionalProperties: false` have none of it.\n"


def openness() -> Iterator[str]:
    """Tell what becomes of properties that aren't declared."""
    yield "## Open and closed objects\n"
    yield "Properties that aren't declared are ignored when a message is read, so that a sender may"
    yield "add some. With `additionalProperties: false` they are errors; with a schema, or where it"
    yield "says `additionalProperties: true`, they are kept:\n"
    yield from block("yaml", KEPT)
    yield from block("python", classes(message(KEPT)))
    yield "They are kept as well where something in the schema looks at them, as `minProperties`"
    yield "does, `uniqueItems` around them, or a `required` in an `if`: what a class writes must be"
    yield "judged as what it read was.\n"
    said = complaint(message(CLOSED), {"id": "1", "ID": "2"})
    yield f'`{CLOSED}` says of `{{"id": "1", "ID": "2"}}`: {said}.\n'


def errors() -> Iterator[str]:
    """Tell how errors are worded."""
    yield "## Errors\n"
    yield "What doesn't fit is said with its place, all of it at once: by `msgc validate` of an"
    yield "example, and in the generated code as `InvalidPayload`, whose `violations` have a `path`"
    yield "and a `message` each. Values aren't repeated in them. Of the first class above:\n"
    yield "| payload | is said of it |"
    yield "| --- | --- |"
    made = message(WHOLE)
    for payload in ERRORS:
        yield row(code(json.dumps(payload)), [cell(complaint(made, payload))])
    yield ""


def block(language: str, text: str) -> Iterator[str]:
    """Set a block of code."""
    yield f"```{language}\n{laid_out(text) if language == 'yaml' else text}\n```\n"


def laid_out(flow: str) -> str:
    """Return a schema in flow style with a property a line."""
    text: str = yaml.safe_dump(
        yaml.safe_load(flow), sort_keys=False, width=90, default_flow_style=None
    )
    return text.strip()


def pattern_schema(pattern: str) -> str:
    """Return the schema of a property with a pattern."""
    return with_property(f"{{type: string, pattern: {json.dumps(pattern)}}}")


def finding(schema: str) -> str:
    """Return a link to what a schema is accused of."""
    name = refused(schema).code.name
    return f"[{name}](findings.md#{name})"


def code(text: str) -> str:
    """Set code in a cell, whatever is in it."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{cell(text)}{fence}"
