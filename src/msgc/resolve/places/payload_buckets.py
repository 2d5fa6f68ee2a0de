"""Resolve `large_messages`: the buckets through which messages go that are too large."""

from __future__ import annotations

from typing import assert_never

from msgc.record import Record
from msgc.resolve import codes, parse
from msgc.resolve.ends.found import argument, named_argument
from msgc.resolve.places.keys import encryption_key, managed_key
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology import names
from msgc.topology.deferred import Text, deferred, known, placeholders, spelling
from msgc.topology.environments import Environment, suffix_of
from msgc.topology.placement import MAIN
from msgc.topology.settings import ByName, Key, Large, PayloadBucket, Provided
from msgc.topology.units import DAY
from msgc.tree import Mapping, Node
from msgc.workspace.codes import FOREIGN_ADDRESS

WORD = "large_messages"
_NAME = "payloads"
LARGEST = 16 * 1024 * 1024
"""Bytes that go through S3 at most, if the file doesn't say."""
DAYS = 60
"""How long objects stay, if the file doesn't say.

A message may point to one for 14 days in a queue, for 14 more in its dead-letter queue, and before
that for the 23 days in which SNS tries to deliver it.
https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
"""
_LONGEST = 63
_LONGEST_REGION = len("ap-southeast-2")
"""Characters: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""


def resolve_large(symbols: SymbolTable) -> None:
    """Say of messages how they go through S3 if they are large."""
    for name, here, declared, owner in symbols.large:
        message = symbols.messages.get(name)
        if message is None or not _is_on(declared):
            continue
        bucket = symbols.payload_buckets.get(owner.built_as)
        if bucket is None and owner is symbols:
            bucket = _own_bucket(symbols, here)
        elif bucket is None:
            bucket = _bucket_of_another(symbols, owner, here.get("import") or here)
        if bucket is None:
            continue
        symbols.payload_buckets[owner.built_as] = bucket
        symbols.messages[name] = message.replace(large=_large(bucket, declared, owner))
    if WORD in symbols.root.entries:
        _check_used(symbols)


def _check_used(symbols: SymbolTable) -> None:
    """Report what the file says of large messages, if it has none."""
    if not any(
        _is_on(node) or {"import", WORD} <= node.entries.keys()
        for _, node in symbols.declarations("messages")
    ):
        symbols.report(
            codes.OPTION_NOT_HERE,
            symbols.root.key(WORD).span,
            f"no message of this file goes through S3: `{WORD}` does nothing here",
            f"write `{WORD}: true` on the messages that may be large, or take it away",
        )


def _is_on(node: Mapping) -> bool:
    written = node.get(WORD)
    return isinstance(written, Mapping) or parse.boolean(written) is True


def _large(bucket: PayloadBucket, node: Mapping, owner: SymbolTable) -> Large:
    own, top = parse.mapping(node.get(WORD)), parse.mapping(owner.root.get(WORD))
    return Large(
        bucket=bucket,
        over=_size("over", own, top),
        largest=parse.given(_size("max_size", own, top), LARGEST),
    )


def _size(option: str, *written: Mapping | None) -> int | None:
    sizes = (parse.size(node.get(option)) for node in written if node is not None)
    return next((size for size in sizes if size is not None), None)


class _Written(Record):
    """What a file says of its bucket, and where."""

    node: Mapping
    span: Span
    address: Provided | ByName | None
    prefix: str

    @classmethod
    def of(cls, symbols: SymbolTable, node: Mapping) -> _Written:
        """Return what is said at the top of a file, or nothing of what a message needs."""
        top = parse.mapping(symbols.root.get(WORD))
        if top is None:
            here = node.key(WORD).span
            return cls(node=Mapping({}, here), span=here, address=None, prefix="")
        span = symbols.root.key(WORD).span
        address = _address(top.get("bucket"))
        return cls(node=top, span=span, address=address, prefix=parse.text(top.get("prefix")) or "")


def _address(node: Node | None) -> Provided | ByName | None:
    if isinstance(node, Mapping):
        name = parse.address(node.get("name"))
        return named_argument(node) if name is None else ByName(name=name)
    return argument(_NAME, "bucket") if parse.text(node) == "provided" else None


def _own_bucket(symbols: SymbolTable, node: Mapping) -> PayloadBucket:
    written = _Written.of(symbols, node)
    _check(symbols, written)
    top = written.node
    name = parse.address(top.get("name")) or _called(symbols, symbols.environment)
    if written.address is None:
        _check_length(symbols, written, name)
    retention = parse.duration(top.get("retention"))
    return PayloadBucket(
        name=_NAME,
        key=written.span,
        node=top,
        owner=symbols.built_as,
        address=written.address,
        physical_name=name,
        prefix=written.prefix,
        encryption=encryption_key(symbols, _NAME, top.get("encryption"), MAIN),
        days=DAYS if retention is None else -(-retention // DAY),
    )


def _called(there: SymbolTable, environment: Environment | None) -> Text:
    """Return what a service's bucket is called, as far as it is known without deployment."""
    account = (environment and environment.account) or "${account}"
    region = (environment and environment.region) or "${region}"
    start = names.payload_bucket(there.built_as, suffix=suffix_of(there.environment))
    return deferred(f"{start}-{account}-{region}")


def _check(symbols: SymbolTable, written: _Written) -> None:
    """Report what means nothing for a bucket that is made, or for one that exists."""
    useless: dict[str, str] = {}
    if written.address is None and _is_made(written.node):
        useless = {"prefix": "all objects of the bucket that the stack makes are this service's"}
    elif written.address is not None:
        why = "the bucket exists already, and whoever made it says that"
        useless = {"name": why, "retention": why}
    for option, why in useless.items():
        if option in written.node.entries:
            symbols.report(
                codes.OPTION_NOT_HERE,
                written.node.key(option).span,
                f"`{option}` means nothing here: {why}",
                "take it away, or the `bucket`" if written.address else "take it away",
            )
    key = parse.mapping(written.node.get("encryption"))
    made = None if key is None else key.get("key")
    if written.address is not None and made is not None and managed_key(made) is not None:
        symbols.report(
            codes.OPTION_NOT_HERE,
            made.span,
            "a bucket that exists isn't encrypted with a key that this stack makes",
            "say which key it has: `{key: {arn: ...}}` or `{key: provided}`",
        )


def _is_made(top: Mapping) -> bool:
    """Whether the file says that the stack makes the bucket, and nothing misshapen."""
    return top.get("bucket") is None or parse.text(top.get("bucket")) == "managed-by-stack"


def _check_length(symbols: SymbolTable, written: _Written, name: Text) -> None:
    """Report a name that is too long for a bucket, wherever it will be deployed."""
    text = spelling(name)
    length = len(text) - text.count("${account}") * (len("${account}") - 12)
    length -= text.count("${region}") * (len("${region}") - _LONGEST_REGION)
    if length <= _LONGEST or any(part.is_input for part in placeholders(name)):
        return
    symbols.report(
        codes.BUCKET_NAME_TOO_LONG,
        (written.node.get("name") or written).span,
        f"the bucket would be called `{text}`: {length} characters, S3 takes {_LONGEST}",
        f"give it a shorter one: `{WORD}: {{name: ...}}`",
    )


def _bucket_of_another(
    symbols: SymbolTable, there: SymbolTable, place: Node
) -> PayloadBucket | None:
    """Return the bucket of the service that owns a message, as its file has it."""
    top = parse.mapping(there.root.get(WORD)) or Mapping({}, place.span)
    address = _address(top.get("bucket"))
    match address:
        case ByName(name=name) if not any(part.is_input for part in placeholders(name)):
            found: ByName | None = address
        case None:
            own = parse.address(top.get("name"))
            found = ByName(name=own or _called(there, there.environment))
        case ByName() | Provided():
            found = None
        case _:
            assert_never(address)
    account, region = _apart(symbols.environment, there.environment)
    key, is_known = _foreign_key(symbols, there, top, is_near=account is None and region is None)
    if found is None or not is_known:
        what = "where the large messages" if found is None else "the key with which large messages"
        symbols.report(
            FOREIGN_ADDRESS,
            place.span,
            f"{what} of `{there.service}` lie is known only when that is deployed"
            if found is None
            else f"{what} of `{there.service}` are encrypted isn't known here",
            "name the bucket in its file: `large_messages: {bucket: {name: ...}}`"
            if found is None
            else "name the key in its file by its ARN: `encryption: {key: {arn: ...}}`",
        )
        return None
    return PayloadBucket(
        name=f"{there.service}-{_NAME}",
        key=place.span,
        node=place,
        owner=there.built_as,
        address=found,
        physical_name=found.name,
        prefix=parse.text(top.get("prefix")) or "",
        encryption=key,
        is_foreign_key=key is not None and key.is_made,
        account=account,
        days=DAYS,
    )


def _apart(own: Environment | None, there: Environment | None) -> tuple[str | None, str | None]:
    """Return the account and the Region of another service, where they are known to be others."""
    here = (own.account, own.region) if own is not None else (None, None)
    far = (there.account, there.region) if there is not None else (None, None)
    account, region = (one if one != other else None for one, other in zip(far, here, strict=True))
    return account, region


def _foreign_key(
    symbols: SymbolTable, there: SymbolTable, top: Mapping, *, is_near: bool
) -> tuple[Key | None, bool]:
    """Return the key of another service's bucket, and whether that is known at all."""
    written = parse.mapping(top.get("encryption"))
    node = None if written is None else written.get("key")
    if node is None:
        return None, True
    managed = managed_key(node)
    if managed is not None:
        if not is_near:
            return None, False
        alias = names.physical(there.built_as, managed, suffix=suffix_of(there.environment))
        name = f"{there.service}-{managed}"
        return Key(name=name, key=node.span, node=node, address=None, alias=alias), True
    arn = parse.address(node.get("arn")) if isinstance(node, Mapping) else None
    if arn is None or known(arn) is None:
        return None, False
    return encryption_key(symbols, _NAME, written, MAIN), True
