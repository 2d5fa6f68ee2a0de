"""The errors with which a YAML parser gives up, in words that don't depend on the parser."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError

from msgc.diagnostics import Diagnostic, Label, listing
from msgc.source import Source, Span
from msgc.syntax import codes
from msgc.syntax.problems import merge_conflict

_NOT_ALLOWED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_INVISIBLE_BREAK = "[\x85\u2028\u2029]"
"""Line breaks of YAML 1.1, which libyaml reads; editors don't show them as such."""


def unreadable(source: Source, error: YAMLError) -> Diagnostic:
    """The error with which libyaml, or PyYAML's own parser, gave up."""
    if conflict := merge_conflict(source, codes.NOT_YAML):
        return conflict
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _control_character(source)
    problem = error.problem or ""
    at = min(error.problem_mark.index, len(source.text))
    opened = error.context_mark.index if error.context_mark is not None else None
    if source.text[at : at + 1] == "\t" or "tab" in problem.split():
        return _tab(source, at)
    line, _ = source.position(at)
    invisible = re.search(_INVISIBLE_BREAK, source.line(line))
    if invisible is not None:
        start = at - source.position(at)[1] + 1 + invisible.start()
        return _not_yaml(
            Span(source, start, start + 1),
            f"an invisible character, U+{ord(invisible.group()):04X}, breaks this line in two",
            "delete it; in double quotes it can be written as an escape, `\\u2028`",
        )
    return _syntax(source, problem, error.context or "", at, opened)


def _control_character(source: Source) -> Diagnostic:
    match = re.search(_NOT_ALLOWED, source.text)
    start = match.start() if match else 0
    name = f"U+{ord(source.text[start]):04X}" if match else "character"
    return codes.NOT_TEXT.at(
        Span(source, start, start + 1),
        f"the control character {name} is not allowed",
        help="is this the right file? in double quotes it can be written as an escape, `\\x07`",
    )


def _tab(source: Source, at: int) -> Diagnostic:
    end = at
    while source.text[end : end + 1] == "\t":
        end += 1
    return codes.TAB_INDENTATION.at(
        Span(source, at, max(end, at + 1)),
        "a tab can't indent YAML",
        help="indent with spaces, two for each level",
    )


def _syntax(  # noqa: C901, PLR0911  # one return for each cause
    source: Source, problem: str, context: str, at: int, opened: int | None
) -> Diagnostic:
    """Tell the usual causes apart; `opened` is where the construct began that couldn't be read."""
    text = source.text
    char = text[at : at + 1]
    here = Span(source, at, min(at + 1, len(text)))
    if "unexpected end of stream" in problem or "unexpected document" in problem:
        return _not_yaml(
            Span(source, opened or 0, (opened or 0) + 1),
            "this quote is never closed",
            f"put a `{text[opened or 0]}` at the end of the text",
        )
    if "escape" in problem and "URI" not in problem:  # a tag has URI escapes: `!%20`
        return _escape(source, text.rfind("\\", 0, at + 1))
    if "cannot start any token" in problem:
        word = _rest(text, at)
        if _open_bracket(text, at)[0]:
            word = re.split(r"[,\]}]", word, maxsplit=1)[0]
        return _not_yaml(here, f"a value can't start with `{char}`", f'quote it: `"{word}"`')
    if "document start" in problem:
        return _not_yaml(
            here,
            "the file goes on behind its end",
            "take out the `...`, or the bracket that closes the file's mapping too early",
        )
    if "block scalar" in context and opened is not None:
        word = _rest(text, opened)
        return _not_yaml(
            Span(source, opened, opened + 1),
            f"`{text[opened]}` starts a text on the next lines",
            f'quote the text if that isn\'t meant: `"{word}"`',
        )
    if "flow" in context:
        return _flow(source, at, opened)
    if "mapping values are not allowed" in problem:
        return _colon(source, at)
    if "expected ':'" in problem and opened is not None:
        key = _rest(text, opened)
        return _not_yaml(
            Span(source, opened, opened + len(key)),
            f"expected a `:` after `{key}`",
            f"write `{key}: ...`; the second line of a text must be indented",
        )
    if "sequence entries" in problem or "block sequence" in problem:
        return _not_yaml(here, "a list can't start here", "put each `- ...` on a line of its own")
    if "block" in context:
        return _block(source, at)
    return _not_yaml(here, f"this is not YAML: {problem or 'it breaks off here'}", None)


def _escape(source: Source, start: int) -> Diagnostic:
    match = re.compile(r"\\(?:u\w{0,4}|U\w{0,8}|x\w{0,2}|.)").match(source.text, start)
    written = match.group() if match else "\\"
    return _not_yaml(
        Span(source, start, start + len(written)),
        f"unknown escape `{written}` in double quotes",
        "use single quotes, or write `\\\\` for a backslash"
        if written[1:2] not in ("u", "U", "x")
        else "write the character itself, or an escape of a whole character, `\\U0001F600`",
    )


def _flow(source: Source, at: int, opened: int | None) -> Diagnostic:
    text = source.text
    bracket = text[opened : opened + 1] if opened is not None else ""
    if opened is None or bracket not in "{[" or not bracket or opened == at:
        bracket, opened = _open_bracket(text, at)
    labels: tuple[Label, ...] = ()
    if opened is not None and bracket:
        labels = (Label(span=Span(source, opened, opened + 1), message="opened here"),)
    close = "}" if bracket == "{" else "]"
    if at >= len(text.rstrip()) and bracket and opened is not None:
        return _not_yaml(
            Span(source, opened, opened + 1),
            f"this `{bracket}` is never closed",
            f"add the missing `{close}`",
        )
    char = text[at : at + 1]
    return codes.NOT_YAML.at(
        Span(source, at, at + 1),
        f"expected `,` or `{close}`, found `{char}`",
        help=f"close the `{bracket}`, separate by commas, or quote text that has "
        "brackets, commas or colons",
        labels=labels,
    )


def _open_bracket(text: str, at: int) -> tuple[str, int | None]:
    """Return the bracket that is open at a place, as far as a glance back tells."""
    closed = 0
    for offset in range(at - 1, max(at - 20_000, -1), -1):
        if text[offset] in "]}":
            closed += 1
        elif text[offset] in "[{":
            if not closed:
                return text[offset], offset
            closed -= 1
    return "", None


def _colon(source: Source, at: int) -> Diagnostic:
    text = source.text
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    line = text[start:at]
    items = re.match(r"\s*(?:- +)*", line)
    entry = re.compile(r"[^\s#'\"][^#'\"]*?: +(?=\S)")
    before = entry.match(line, items.end() if items else 0)
    if before:
        value = line[before.end() :] + _rest(text, at)
        return _not_yaml(
            Span(source, at, at + 1),
            "a `:` inside a value would start another key",
            f'quote the value: `"{value}"`',
        )
    body = len(line) - len(line.lstrip(" -"))
    above = text[:start].rstrip()
    begin = max(above.rfind("\n"), above.rfind("\r")) + 1
    key = above[begin:].lstrip(" ")
    if re.fullmatch(r"[\w-]+", key) and len(above) - len(key) - begin == body:
        return _not_yaml(
            Span(source, len(above) - len(key), len(above)),
            f"expected a `:` after `{key}`",
            f"write `{key}: ...`; the second line of a text must be indented",
        )
    return _not_yaml(
        Span(source, start + body, at),
        f"the key `{line[body:]}` can't start here",
        "indent it like the keys around it",
    )


def _block(source: Source, at: int) -> Diagnostic:
    """Something that doesn't go on with the blocks that are open."""
    text = source.text
    char = text[at : at + 1]
    word = _rest(text, at)
    here = Span(source, at, at + max(len(word), 1))
    number, column = source.position(at)
    if char and char in "]},":
        return _not_yaml(
            Span(source, at, at + 1),
            f"`{char}` {'separates' if char == ',' else 'closes'} nothing",
            "take it out, or quote the text that it belongs to",
        )
    if source.line(number)[: column - 1].strip(" -"):
        return _not_yaml(
            here,
            f"`{word}` stands behind a finished value",
            "quote the whole value, or put this on a line of its own",
        )
    if char == ":":
        return _not_yaml(here, "a key is missing before this `:`", "write the key")
    indents = _open_indents(source, number) or {0}
    if column - 1 not in indents:
        open_ = sorted(indents)
        return _not_yaml(
            here,
            f"this line is indented by {column - 1}, "
            f"what is open above it by {listing(open_, 'and')}",
            f"indent it by {listing(open_, 'or')}",
        )
    if re.match(r"-(\s|\Z)", text[at : at + 2]):
        return _not_yaml(
            here, "a list item can't stand among keys", "indent it below the key of its list"
        )
    return _not_yaml(
        here, "a key can't stand among list items", "indent it below its item, or end the list"
    )


def _open_indents(source: Source, number: int) -> set[int]:
    """Return how far the lines are indented that are still open above a line."""
    indents: set[int] = set()
    smallest = 1_000_000
    for above in range(number - 1, max(number - 2000, 0), -1):
        line = source.line(above)
        body = line.lstrip(" ")
        if not body or body.startswith("#"):
            continue
        indent = len(line) - len(body)
        if indent < smallest:
            indents.add(indent)
            smallest = indent
    return indents


def _rest(text: str, at: int) -> str:
    """Return the rest of a line, without a comment."""
    match = re.compile(r"[^\n\r]*").match(text, at)
    line = match.group() if match else ""
    return re.split(r"\s#", line, maxsplit=1)[0].rstrip()


def _not_yaml(span: Span, message: str, help_: str | None) -> Diagnostic:
    return codes.NOT_YAML.at(span, message, help=help_)
