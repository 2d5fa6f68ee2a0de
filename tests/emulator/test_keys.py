"""A key of the stack: messages pass, and roles may use the key as their edges need it, no more.

The emulator encrypts nothing; it enforces what roles may ask of KMS.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.assembly import synthesised
from tests.emulator import observe, stubs
from tests.emulator.account import Account, Identity
from tests.emulator.deploy import Deployed, deploy

SOURCE = Path(__file__).parents[1] / "cases" / "emulator" / "keys"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "keys"
    shutil.copytree(SOURCE, folder)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def safe(shared_account: Account, project: Path) -> Deployed:
    return deploy(shared_account, synthesised(project, validated=False))


@pytest.fixture(scope="module")
def portal(safe: Deployed) -> Identity:
    return safe.account.role("portal", safe.physical("PortalManagedPolicy"))


@pytest.fixture(scope="module")
def clerk(safe: Deployed) -> Identity:
    role = safe.physical("ClerkFunctionServiceRole")
    return safe.account.assume(f"arn:aws:iam::{safe.account.id}:role/{role}")


def test_messages_pass(
    safe: Deployed, portal: Identity, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = stubs.imported(monkeypatch, project, "safe_messaging")
    topic = package.FiledTopic(arn=safe.physical("FiledTopic"), client=portal.client("sns"))
    topic.publish(package.Filed(id="c-1"))
    observe.prints(safe, "ClerkFunction", "filed c-1")
    assert json.loads(observe.arrives(safe, "CabinetQueue")["Body"]) == {"id": "c-1"}


def test_the_key_is_renewed_and_has_a_name(safe: Deployed) -> None:
    kms, key = safe.account.client("kms"), safe.physical("MessagingKey")
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is True
    named = {alias["AliasName"]: alias["TargetKeyId"] for alias in kms.list_aliases()["Aliases"]}
    assert named["alias/safe-messaging"] == key


def test_who_publishes_may_encrypt(safe: Deployed, portal: Identity) -> None:
    made = _data_key(portal, safe)
    assert portal.client("kms").decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"]


def test_who_reads_may_decrypt_and_no_more(safe: Deployed, clerk: Identity) -> None:
    sealed = _data_key(safe.account, safe)["CiphertextBlob"]
    assert clerk.client("kms").decrypt(CiphertextBlob=sealed)["Plaintext"]
    with pytest.raises(ClientError, match="AccessDenied"):
        _data_key(clerk, safe)


def test_nobody_else_may(safe: Deployed) -> None:
    stranger = safe.account.role("stranger")
    sealed = _data_key(safe.account, safe)["CiphertextBlob"]
    with pytest.raises(ClientError, match="AccessDenied"):
        stranger.client("kms").decrypt(CiphertextBlob=sealed)
    with pytest.raises(ClientError, match="AccessDenied"):
        _data_key(stranger, safe)


def _data_key(who: Account | Identity, safe: Deployed) -> Any:
    key = safe.physical("MessagingKey")
    return who.client("kms").generate_data_key(KeyId=key, KeySpec="AES_256")
