"""Queues in the template: what they are, who may send, who may redrive."""

from __future__ import annotations

import json

from tests.cdk.synthesis import Template, plain

QUEUE, POLICY = "AWS::SQS::Queue", "AWS::SQS::QueuePolicy"


def test_names_come_from_the_file_and_nothing_else(direct: Template) -> None:
    queues = direct.of(QUEUE)
    assert queues["JobsQueue"]["QueueName"] == "direct-jobs"
    assert queues["JobsDlq"]["QueueName"] == "direct-jobs-dlq"
    assert queues["OrderedQueue"]["QueueName"] == "direct-ordered.fifo"
    assert queues["OrderedDlq"]["QueueName"] == "direct-ordered-dlq.fifo"


def test_settings(direct: Template) -> None:
    jobs = direct.one(QUEUE, "JobsQueue")
    assert jobs["DelaySeconds"] == 5
    assert jobs["MessageRetentionPeriod"] == 172_800
    assert jobs["MaximumMessageSize"] == 65_536
    assert jobs["ReceiveMessageWaitTimeSeconds"] == 20
    assert jobs["VisibilityTimeout"] == 6 * 30 + 5
    assert plain(jobs["RedrivePolicy"]) == {
        "deadLetterTargetArn": "{JobsDlq}",
        "maxReceiveCount": 7,
    }


def test_fifo(direct: Template) -> None:
    per_group = direct.one(QUEUE, "OrderedQueue")
    assert per_group["FifoQueue"] is True
    assert per_group["FifoThroughputLimit"] == "perMessageGroupId"
    assert per_group["DeduplicationScope"] == "messageGroup"
    plain_fifo = direct.one(QUEUE, "PlainFifoQueue")
    assert plain_fifo["FifoQueue"] is True
    assert "FifoThroughputLimit" not in plain_fifo


def test_every_queue_is_encrypted_and_takes_tls_only(
    direct: Template, topics: Template, buses: Template
) -> None:
    for template in (direct, topics, buses):
        policies = template.of(POLICY)
        for name, queue in template.of(QUEUE).items():
            assert queue["SqsManagedSseEnabled"] is True
            (own,) = [p for p in policies.values() if plain(p["Queues"]) == [f"{{{name}}}"]]
            assert own["PolicyDocument"]["Statement"][0]["Effect"] == "Deny"
            assert own["PolicyDocument"]["Statement"][0]["Condition"] == {
                "Bool": {"aws:SecureTransport": "false"}
            }


def test_dead_letters_come_from_their_queues_only(direct: Template) -> None:
    allowed = {
        name: plain(queue["RedriveAllowPolicy"])
        for name, queue in direct.of(QUEUE).items()
        if "RedriveAllowPolicy" in queue
    }
    start = "arn:partition:sqs:region:accountid:direct-"
    assert allowed["JobsDlq"] == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [f"{start}jobs"],
    }
    assert allowed["SharedDlqQueue"]["sourceQueueArns"] == [f"{start}one", f"{start}two"]
    assert "JobsQueue" not in allowed


def senders(template: Template, queue: str) -> dict[str, list[str]]:
    document = template.one(POLICY, f"{queue}Policy")["PolicyDocument"]
    allowed = [s for s in document["Statement"] if s["Effect"] == "Allow"]
    assert all(s["Action"] == "sqs:SendMessage" for s in allowed)
    return {
        s["Principal"]["Service"]: plain(s["Condition"]["ArnLike"]["aws:SourceArn"])
        for s in allowed
    }


def test_senders_are_merged_by_service(topics: Template, buses: Template, direct: Template) -> None:
    assert senders(topics, "InvoicesQueue") == {
        "sns.amazonaws.com": ["{BigTopic}", "{OrdersTopic}"]
    }
    assert senders(buses, "WorkQueue") == {
        "events.amazonaws.com": ["{AlsoToWorkRule}", "{ToWorkRule}"]
    }
    assert senders(direct, "JobsQueue") == {}
    undelivered = senders(topics, "UndeliveredQueue")["sns.amazonaws.com"]
    assert "arn:aws:sns:us-east-1:999988887777:known" in undelivered
    assert len(undelivered) == len(set(undelivered))


def test_a_policy_has_room_for_many_senders(many: Template) -> None:
    foreign = "arn:aws:sns:eu-west-1:999988887777:foreign"
    topics = ["arn:partition:sns:region:accountid:many-*", foreign, "{NamedTopic}"]
    rules = [
        "arn:partition:events:region:accountid:rule/*",
        "arn:partition:events:region:accountid:rule/many-ours/*",
        *(f"{{R{number:02}Rule}}" for number in range(2, 23, 2)),
    ]
    assert senders(many, "AllQueue") == {"sns.amazonaws.com": topics}
    assert senders(many, "UndeliveredQueue") == {
        "sns.amazonaws.com": topics,
        "events.amazonaws.com": rules,
    }
    (logs,) = many.of("AWS::Logs::ResourcePolicy").values()
    document = json.loads(plain(logs["PolicyDocument"]))
    assert document["Statement"][1]["Condition"] == {"ArnLike": {"aws:SourceArn": rules}}
