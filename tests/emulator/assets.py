"""Uploads a cloud assembly's file assets, as the CDK command line does before it deploys."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from tests.emulator.account import REGION, Account


def publish(account: Account, assembly: Path, *, stands_for: str = "") -> None:
    """Every file asset of the assembly into the bootstrap bucket it names.

    `stands_for` is the account that the assembly names; the test has one of its own.
    """
    s3 = account.client("s3")
    buckets: set[str] = set()
    for listing in sorted(assembly.glob("*.assets.json")):
        text = listing.read_text()
        text = text.replace(stands_for, account.id) if stands_for else text
        for asset in json.loads(text)["files"].values():
            source = assembly / asset["source"]["path"]
            body = _zipped(source) if asset["source"]["packaging"] == "zip" else source.read_bytes()
            for destination in asset["destinations"].values():
                bucket = _filled_in(destination["bucketName"], account)
                if bucket not in buckets:
                    ensure_bucket(s3, bucket)
                    buckets.add(bucket)
                key = _filled_in(destination["objectKey"], account)
                s3.put_object(Bucket=bucket, Key=key, Body=body)


def ensure_bucket(s3: Any, bucket: str) -> None:
    existing = {entry["Name"] for entry in s3.list_buckets()["Buckets"]}
    if bucket not in existing:
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})


def _filled_in(text: str, account: Account) -> str:
    for name, value in (
        ("AWS::AccountId", account.id),
        ("AWS::Region", REGION),
        ("AWS::Partition", "aws"),
    ):
        text = text.replace("${" + name + "}", value)
    return text


def _zipped(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.getvalue()
