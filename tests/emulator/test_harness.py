"""The harness itself: were TLS and IAM not enforced, the other tests would prove nothing."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.emulator.account import Account


def _queue(account: Account) -> str:
    url: str = account.client("sqs").create_queue(QueueName="q")["QueueUrl"]
    return url


def test_an_account_sees_only_its_own(account: Account) -> None:
    _queue(account)
    other = Account(account.emulator, "999999999999")
    assert not other.client("sqs").list_queues().get("QueueUrls")


def test_a_role_without_a_grant_is_refused(account: Account) -> None:
    url = _queue(account)
    stranger = account.role("stranger").client("sqs")
    with pytest.raises(ClientError, match="AccessDenied"):
        stranger.send_message(QueueUrl=url, MessageBody="{}")


def test_a_deny_without_tls_is_enforced(account: Account) -> None:
    url = _queue(account)
    sqs = account.client("sqs")
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sqs:*",
                "Resource": arn,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    with pytest.raises(ClientError, match="AccessDenied"):
        account.root.client("sqs", tls=False).send_message(QueueUrl=url, MessageBody="{}")
