"""What is said about YAML that can't be taken, in words that don't depend on the parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgc.diagnostics import Code, Diagnostic, Label, did_you_mean
from msgc.source import Source, Span
from msgc.syntax import codes
from msgc.syntax.limits import MAX_VALUES
from msgc.tree import Scalar

_CORE = "tag:yaml.org,2002:"
TEXT_TAGS = ("!", _CORE + "str")
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    "!": (str,),
    _CORE + "str": (str,),
    _CORE + "int": (int,),
    _CORE + "float": (int, float),
    _CORE + "bool": (bool,),
    _CORE + "null": (type(None),),
}
_WORD = r"[^\s,\[\]{}]+"


class Stop(Exception):  # noqa: N818  # not an error of msgc's: reading ends here, with this to say
    """Ends the reading of a file that goes beyond a limit."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def merge_conflict(source: Source, code: Code) -> Diagnostic | None:
    """A mark that git leaves where two changes conflict: it tells more than what it breaks."""
    mark = re.search(r"^(?:<{7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)", source.text, re.MULTILINE)
    if mark is None:
        return None
    return code.at(
        Span(source, *mark.span()),
        "git left a merge conflict here",
        help="write what is right of both sides, without the lines that start with `<<<<<<<`, "
        "`|||||||`, `=======` and `>>>>>>>`",
    )


def duplicate_key(key: Scalar, first: Scalar) -> Diagnostic:
    """The same key twice in one mapping."""
    merge = key.text == "<<" and key.plain
    return codes.DUPLICATE_KEY.at(
        key.span,
        f"duplicate key `{key.text}`",
        help="merge several mappings with one key: `<<: [*a, *b]`"
        if merge
        else "rename one of them, or put their contents together",
        labels=(Label(span=first.span, message="first written here"),),
    )


def no_value(key: Scalar, *, first: bool) -> Diagnostic:
    """A key without a colon between `{` and `}`: an unquoted comma cut a value in two."""
    if first:
        return codes.UNQUOTED_COMMA.at(
            key.span,
            f"`{key.text}` has no value",
            help=f"write `{key.text}: ...`, or quote the text",
        )
    return codes.UNQUOTED_COMMA.at(
        key.span,
        f"`{key.text}` has no value: the comma before it ended the last one",
        help=f'quote the value if the comma belongs to it: `"..., {key.text}"`',
    )


def key_not_text(span: Span, text: str | None) -> Diagnostic:
    """A number, a boolean, null, or a collection as a key."""
    if text is None:
        written = span.source.text[span.start : span.end]
        template = span.source.text[max(span.start - 1, 0) : span.start] == "{"
        return codes.KEY_NOT_TEXT.at(
            span,
            "a key must be text, not a list or a mapping",
            help=f'a template needs quotes: `"{{{written}}}"`'
            if template and "\n" not in written
            else "quote the key, or look for a bracket too many",
        )
    if text == "":
        return codes.KEY_NOT_TEXT.at(
            span, "a key is missing before this `:`", help="write the key, or quote the text"
        )
    return codes.KEY_NOT_TEXT.at(
        span, f"the key `{text}` is not text", help=f'quote it: `"{text}":`'
    )


def bad_merge_key(span: Span) -> Diagnostic:
    """`<<` with something that has no keys."""
    return codes.BAD_MERGE_KEY.at(
        span,
        "`<<` takes a mapping, or a list of mappings",
        help="give it an alias: `<<: *name`, where `&name` marks a mapping further up",
    )


def unknown_alias(span: Span, name: str, known: Iterable[str], *, inside: bool) -> Diagnostic:
    """`*name` without a `&name` before it."""
    if inside:
        return codes.UNKNOWN_ALIAS.at(
            span,
            f"`*{name}` stands inside the value that it repeats",
            help="a value can't contain itself; refer to a schema's root with `$ref: \"#\"`",
        )
    suggestion = did_you_mean(name, known)
    return codes.UNKNOWN_ALIAS.at(
        span,
        f"nothing above is marked `&{name}`",
        help=suggestion.replace("`", "`*", 1)
        if suggestion and suggestion.startswith("did")
        else f'quote it if it is text: `"*{name}"`',
    )


def alias_explosion(span: Span, limit: str) -> Diagnostic:
    """Aliases of aliases that stand for too much."""
    return codes.ALIAS_EXPLOSION.at(
        span,
        f"the aliases of this file stand for more than {limit}",
        help="write what is repeated less deeply",
    )


def too_many_values(span: Span) -> Diagnostic:
    """More values than are read."""
    return codes.TOO_MANY_VALUES.at(
        span,
        f"more than {MAX_VALUES:,} values",
        help="is this the right file? a schema describes data, it doesn't have it",
    )


def too_deep(span: Span) -> Diagnostic:
    """More nesting than anybody means."""
    return codes.TOO_DEEP.at(
        span,
        "nested more than 100 levels deep",
        help="look for brackets that are opened and never closed",
    )


def several_documents(source: Source, offset: int) -> Diagnostic:
    """A second document in the file."""
    return codes.SEVERAL_DOCUMENTS.at(
        Span(source, offset, offset + 3),
        "a second document starts here",
        help="take out the `---`, or split the file: one folder for each service",
    )


def scalar_tag(tag: str, span: Span, node: Scalar) -> Iterator[Diagnostic]:
    """A tag on a single value; a plain text behind `!!str` has become text before."""
    kinds = _SCALAR_TAGS.get(tag)
    if kinds is None:
        yield _unknown_tag(tag, span)
    elif not isinstance(node.value, kinds) or (bool not in kinds and isinstance(node.value, bool)):
        yield codes.BAD_TAG.at(
            node.span,
            f"`{node.text}` is not what `{_written(tag)}` says it is",
            help="take out the tag",
        )


def collection_tag(tag: str, span: Span, kind: str) -> Iterator[Diagnostic]:
    """A tag on a list (`seq`) or a mapping (`map`)."""
    if tag not in ("!", _CORE + kind):
        yield _unknown_tag(tag, span)


def _written(tag: str) -> str:
    return "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag


def _unknown_tag(tag: str, span: Span) -> Diagnostic:
    match = re.compile(_WORD).match(span.source.text, span.start)
    end = match.end() if match else span.end
    help_ = "take it out"
    if re.fullmatch(r"!(Ref|Sub|GetAtt|Join|ImportValue|Select|FindInMap|If|Split|Base64)", tag):
        help_ = (
            "CloudFormation's functions don't work here: write the name of something in this "
            "file, or its `{arn: ...}`"
        )
    return codes.BAD_TAG.at(
        Span(span.source, span.start, end), f"unknown tag `{_written(tag)}`", help=help_
    )
