"""`deploy: there` between two accounts: the owner adds what is printed, and messages arrive."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from msgc.pipeline.check import analyse
from tests.assembly import synthesised
from tests.emulator.account import REGION, Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.server import Emulator
from tests.emulator.waiting import eventually
from tests.files import messaging

PARTNER = "444455556666"
POSTS = f"""\
version: 1
service: posts
messages:
  Posted: {{schema: {{type: object, properties: {{id: {{type: string}}, size: {{type: number}}}}}}}}
topics: {{letters: {{messages: [Posted]}}}}
queues: {{theirs: {{import: {{arn: "arn:aws:sqs:{REGION}:{PARTNER}:theirs"}}}}}}
subscriptions:
  to-theirs:
    from: {{topic: letters}}
    to: {{queue: theirs}}
    filter: {{size: [{{numeric: [">", 3]}}]}}
    deploy: there
producers: {{clerk: {{publishes: [{{topic: letters}}]}}}}
"""
APP = """\
import aws_cdk as cdk
from infra.posts_messaging_stack import PostsMessagingStack

app = cdk.App()
PostsMessagingStack(app, "Posts")
app.synth()
"""


@pytest.fixture
def posts(account: Account, tmp_path: Path) -> Deployed:
    project = tmp_path / "posts"
    project.mkdir()
    (project / "messaging.yaml").write_text(POSTS)
    (project / "app.py").write_text(APP)
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=project, check=True)
    return deploy(account, synthesised(project, validated=False))


def printed(owner: Account) -> list[dict[str, Any]]:
    """What the note tells the other account to add."""
    found = analyse("messaging.yaml", messaging(POSTS)).diagnostics
    (help_,) = (d.help for d in found if d.code.id == "MSG673")
    assert help_ is not None
    text = help_.replace("${account}", owner.id).replace("${region}", REGION)
    return [json.loads(each) for each in re.findall(r"`(\{.*?\})`(?:,|$)", text)]


def subscribe(who: Account, properties: dict[str, Any]) -> None:
    """By API: the emulator's CloudFormation subscribes to topics of its own account only."""
    attributes = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in properties.items()
        if key not in {"TopicArn", "Protocol", "Endpoint"}
    }
    who.client("sns").subscribe(
        TopicArn=properties["TopicArn"],
        Protocol=properties["Protocol"],
        Endpoint=properties["Endpoint"],
        Attributes=attributes,
    )


def test_what_is_printed_is_enough(posts: Deployed, emulator: Emulator) -> None:
    partner, stranger = Account(emulator, PARTNER), Account(emulator, "777788889999")
    subscription, statement = printed(posts.account)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs = partner.client("sqs")
    url = sqs.create_queue(QueueName="theirs", Attributes={"Policy": policy})["QueueUrl"]
    topic = posts.physical("LettersTopic")
    with pytest.raises(ClientError, match="not authorized"):
        stranger.client("sns").subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=statement["Resource"]
        )
    subscribe(partner, subscription["Properties"])
    sns = posts.account.client("sns")
    for size in ("2", "4"):
        sns.publish(
            TopicArn=topic,
            Message=json.dumps({"size": int(size)}),
            MessageAttributes={"size": {"DataType": "Number", "StringValue": size}},
        )

    def arrived() -> list[str]:
        return [m["Body"] for m in sqs.receive_message(QueueUrl=url).get("Messages", ())]

    assert eventually(arrived, "a message arrives in the other account", 30) == ['{"size": 4}']
