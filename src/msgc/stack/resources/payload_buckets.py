"""Plan the bucket of large messages, with its policy, and how publishers and consumers find it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.large import fetched, stored
from msgc.links.model import Links
from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.stack.values import Attribute, Join, Pseudo, Value, parts_of, reference, text
from msgc.topology import ids, names
from msgc.topology.ends import Publisher
from msgc.topology.model import Topology
from msgc.topology.settings import ByName, PayloadBucket, Provided


def bucket_name(bucket: PayloadBucket, *, by_name: bool) -> Value:
    """Return the name of a bucket, as a reference to one that the stack makes, or not."""
    match bucket.address:
        case ByName(name=name):
            return text(name)
        case None if by_name:
            return text(bucket.physical_name)
        case Provided() | None:
            return Attribute(of=(ids.payload_bucket(bucket),), name="Name")
        case _:
            assert_never(bucket.address)


def objects_in(bucket: PayloadBucket, *, by_name: bool) -> Value:
    """Return the ARNs of the objects in a bucket, as far as they are large messages."""
    objects = f"/{bucket.prefix}*"
    name = bucket_name(bucket, by_name=by_name)
    referred = reference(name)
    if referred is not None:
        return Join(parts=(referred.replace(name="Arn"), objects))
    start = ("arn:", Pseudo(name="AWS::Partition"), ":s3:::")
    return Join(parts=_joined(*start, *parts_of(name), objects))


def _joined(*parts: Value) -> tuple[Value, ...]:
    """Return parts of a text; those that are known, and stand beside one another, as one."""
    found: list[Value] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


def payload_variables(publisher: Publisher, links: Links, *, by_name: bool) -> dict[str, Value]:
    """Return where somebody finds the buckets of large messages."""
    buckets = dict.fromkeys((*stored(publisher, links.topology), *fetched(publisher, links)))
    return {
        names.payload_variable(bucket.owner): bucket_name(bucket, by_name=by_name)
        for bucket in buckets
    }


def payload_buckets(topology: Topology) -> Iterator[Item]:
    """Yield the bucket that is made or handed over, as the house has buckets.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    for bucket in topology.payload_buckets:
        match bucket.address:
            case None:
                yield from _made(bucket)
            case Provided() as address:
                yield Existing(
                    path=(ids.payload_bucket(bucket),),
                    type="AWS::S3::Bucket",
                    address=address,
                    declared=bucket,
                    handle=Handle(name=address.argument),
                )
            case ByName():
                pass  # its name says everything
            case _:
                assert_never(bucket.address)


def _made(bucket: PayloadBucket) -> Iterator[Item]:
    path = (ids.payload_bucket(bucket),)
    arn = Attribute(of=path, name="Arn")
    yield Resource(
        path=path,
        type="AWS::S3::Bucket",
        properties={
            "BucketEncryption": {"ServerSideEncryptionConfiguration": (_encryption(bucket),)},
            "BucketName": text(bucket.physical_name),
            "LifecycleConfiguration": {
                "Rules": (
                    {
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                        "ExpirationInDays": bucket.days,
                        "Status": "Enabled",
                    },
                )
            },
            "OwnershipControls": {"Rules": ({"ObjectOwnership": "BucketOwnerEnforced"},)},
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        },
        declared=bucket,
        handle=Handle(
            name="payloads_bucket",
            description="Where messages lie that are too large for their topic or queue.",
        ),
    )
    yield Resource(
        path=(*path, "Policy"),
        type="AWS::S3::BucketPolicy",
        properties={
            "Bucket": Attribute(of=path, name="Name"),
            "PolicyDocument": {
                "Statement": (
                    {
                        "Action": "s3:*",
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        "Effect": "Deny",
                        "Principal": {"AWS": "*"},
                        "Resource": (arn, Join(parts=(arn, "/*"))),
                    },
                ),
                "Version": "2012-10-17",
            },
        },
        declared=bucket,
        by=path,
    )


def _encryption(bucket: PayloadBucket) -> Value:
    if bucket.encryption is None:
        return {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    return {
        "BucketKeyEnabled": True,
        "ServerSideEncryptionByDefault": {
            "KMSMasterKeyID": Attribute(of=(ids.key(bucket.encryption),), name="Arn"),
            "SSEAlgorithm": "aws:kms",
        },
    }
