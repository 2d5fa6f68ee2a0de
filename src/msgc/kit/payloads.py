# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""The bucket through which messages go that are too large for their topic or queue."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_s3 as s3

from .access import Access
from .interfaces import Grantee, Key


class PayloadBuckets(Access):
    """The bucket of large messages, and who may put them there and read them."""

    def payload_bucket(
        self, construct_id: str, *, name: str, days: int, key: Key | None = None
    ) -> s3.Bucket:
        """Make a private bucket, TLS only, whose objects are encrypted and live for some days.

        It has no versions, which would keep what has expired: no object is ever written twice.
        """
        return s3.Bucket(
            self,
            construct_id,
            bucket_name=name,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            encryption=s3.BucketEncryption.S3_MANAGED
            if key is None
            else s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=None if key is None else True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=Duration.days(days),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
            removal_policy=self.removal,
        )

    def may_store(self, who: Grantee, *objects: str) -> None:
        """Let somebody put large messages into buckets: ARNs of objects, `arn:...:orders/*`."""
        self.grant(who, ["s3:PutObject"], list(objects))

    def may_fetch(self, who: Grantee, *objects: str) -> None:
        """Let somebody read large messages: ARNs of objects, `arn:...:orders/*`."""
        self.grant(who, ["s3:GetObject"], list(objects))
