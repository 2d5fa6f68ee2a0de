"""An AWS account in the emulator: clients as its root, or with exactly what a role was granted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

from tests.emulator.server import Emulator

REGION = "eu-west-1"


@dataclass(frozen=True)
class Identity:
    """Credentials, and clients that use them."""

    emulator: Emulator
    key: str
    secret: str
    token: str | None = None

    def client(self, service: str, *, tls: bool = True) -> Any:
        endpoint = self.emulator.endpoint if tls else self.emulator.plain_endpoint
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name=REGION,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            aws_session_token=self.token,
            verify=str(self.emulator.certificate) if tls else None,
            config=Config(retries={"total_max_attempts": 2}, s3={"addressing_style": "path"}),
        )

    def environment(self) -> dict[str, str]:
        """What a process of its own needs to act as this identity."""
        return {
            "AWS_ENDPOINT_URL": self.emulator.endpoint,
            "AWS_CA_BUNDLE": str(self.emulator.certificate),
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
        } | ({"AWS_SESSION_TOKEN": self.token} if self.token else {})


@dataclass(frozen=True)
class Account:
    """A 12-digit access key is the emulator's root of that account, and needs no set-up."""

    emulator: Emulator
    id: str

    @property
    def root(self) -> Identity:
        return Identity(self.emulator, self.id, "test")

    def client(self, service: str) -> Any:
        return self.root.client(service)

    def assume(self, role_arn: str) -> Identity:
        """Act as a role: what its policies grant, and nothing else."""
        answer = self.client("sts").assume_role(RoleArn=role_arn, RoleSessionName="test")
        credentials = answer["Credentials"]
        return Identity(
            self.emulator,
            credentials["AccessKeyId"],
            credentials["SecretAccessKey"],
            credentials["SessionToken"],
        )

    def role(self, name: str, *policy_arns: str) -> Identity:
        """A new role with these managed policies, assumed; with none it may do nothing."""
        iam = self.client("iam")
        trust = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:aws:iam::{self.id}:root"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"][
            "Arn"
        ]
        for policy_arn in policy_arns:
            iam.attach_role_policy(RoleName=name, PolicyArn=policy_arn)
        return self.assume(arn)
