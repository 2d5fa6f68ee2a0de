"""Nobody may do what no edge declares: every principal tries everything, in each template.

IAM is simulated over the templates that are kept, and over those of the examples' apps.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from msgc.links.model import Links
from msgc.stack.iam.resource_policies import NAMED_IN_QUEUES
from msgc.topology import names
from msgc.topology.model import Topology
from tests.assembly import ROOT, example
from tests.audit.declared import (
    Right,
    events,
    of_edges,
    of_publishers,
    place_arn,
    put,
    services,
    sns,
)
from tests.audit.iam import OBJECT, Access, Principal
from tests.audit.template import ACCOUNT, REGION, Template
from tests.cdk.synthesis import InEnvironment, built
from tests.cdk.templates import IN_PARTS, TOPOLOGIES, in_environments
from tests.cdk.test_templates import KEPT

ACTIONS = {
    "sqs": (
        "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility",
        "sqs:PurgeQueue", "sqs:SetQueueAttributes", "sqs:DeleteQueue", "sqs:AddPermission",
    ),
    "sns": (
        "sns:Publish", "sns:Subscribe", "sns:SetTopicAttributes", "sns:DeleteTopic",
        "sns:AddPermission",
    ),
    "events": ("events:PutEvents", "events:PutRule", "events:PutTargets", "events:DeleteEventBus"),
    "lambda": ("lambda:InvokeFunction", "lambda:UpdateFunctionCode", "lambda:AddPermission"),
    "ssm": ("ssm:GetParameter", "ssm:PutParameter"),
    "s3": ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl"),
}  # fmt: skip
"""What is tried on each sort of resource."""

STRANGERS = (
    sns(f"arn:aws:sns:{REGION}:{ACCOUNT}:stranger"),
    events(f"arn:aws:events:{REGION}:{ACCOUNT}:rule/stranger/stranger"),
    Principal("s3", "s3.amazonaws.com", context=(("aws:SourceArn", "arn:aws:s3:::stranger"),)),
    Principal("another account", account="999988887777", arn="arn:aws:iam::999988887777:role/x"),
    Principal("a role without rights", arn=f"arn:aws:iam::{ACCOUNT}:role/nobody"),
)
FOREIGN = tuple(
    f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"
    for service, resource in (
        ("sqs", "stranger"), ("sns", "stranger"), ("events", "event-bus/stranger"),
        ("lambda", "function:stranger"), ("ssm", "parameter/stranger"),
    )
)  # fmt: skip
"""What the service has nothing to do with."""

HANDED_OVER = {
    "checkout": {"checkout-api": "ApiRole", "fraud": "FraudServiceRole"},
    "shop": {"checkout-api": "CheckoutRole", "parcel-tracker": "ParcelTrackerServiceRole"},
    "mailer": {"web-shop": "WebShopRole"},
    "storefront": {"web-shop": "WebShopRole"},
}
"""The roles that the examples' apps hand over, as their ids begin."""

EXAMPLES = in_environments(
    {
        path.relative_to(ROOT / "examples").parent.as_posix(): path
        for path in sorted((ROOT / "examples").rglob("messaging.yaml"))
        if path.parent.name != IN_PARTS  # both of its templates are tried as one, above
    }
)


class Trial:
    """A template, with everybody in it and everything that they might use."""

    def __init__(self, file: Path | InEnvironment, text: str, handed_over: dict[str, str]) -> None:
        self.topology, self.links = built(file)
        self.template = Template(json.loads(text))
        self.access = Access(self.template)
        known = self.access.identities
        self.handed_over = {
            name: next(role for role in known if role.startswith(prefix))
            for name, prefix in handed_over.items()
        }
        self.everybody = (
            *(Principal(name, arn=f"arn:aws:iam::{ACCOUNT}:role/{name}") for name in known),
            *services(self.template),
            *STRANGERS,
        )

    @property
    def declared(self) -> set[Right]:
        """What somebody may do of what is tried, but for events on buses."""
        own: tuple[Topology, Links, dict[str, str]] = (
            self.topology, self.links, self.handed_over,
        )  # fmt: skip
        code = (
            right._replace(who=self.access.roles.get(right.who, right.who))
            for right in of_publishers(*own)
        )
        return {*of_edges(self.template), *code}

    @property
    def puts(self) -> Iterator[tuple[str, str, set[tuple[str, str]]]]:
        """Who puts which events on which bus: by source and type."""
        for who, bus, own in put(self.topology, self.links, self.handed_over):
            yield self.access.roles.get(who, who), bus, own

    @property
    def things(self) -> Iterator[str]:
        """What the template makes, and what is none of its business."""
        template = self.template
        kinds = ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus")
        for name in template.of(*kinds, "AWS::Lambda::Function"):
            yield template.arn(name)
        for parameter in template.of("AWS::SSM::Parameter").values():
            yield f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{parameter['Name']}"
        for name in template.of("AWS::S3::Bucket"):
            yield f"{template.arn(name)}/{OBJECT}"
        yield f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
        yield from FOREIGN

    def outcome(self) -> tuple[set[Right], int]:
        """What is allowed of all that is tried, and how much that was."""
        allowed: set[Right] = set()
        count = 0
        for thing in self.things:
            for action in ACTIONS[thing.split(":")[2]]:
                for who in self.everybody:
                    count += 1
                    if self.access.may(who, action, thing, {}):
                        allowed.add(Right(who.name, action, thing))
        return allowed, count


def judge(trial: Trial) -> int:
    """Compare what is allowed with what is declared; return how many attempts were refused."""
    allowed, count = trial.outcome()
    things = set(trial.things)
    known = {who.name for who in trial.everybody}
    declared = {
        right for right in trial.declared if right.resource in things and right.who in known
    }
    puts = set()
    for who, bus, own in trial.puts:
        principal = Principal(who)
        puts.add(Right(who, "events:PutEvents", bus))
        for source, kind in (*own, ("com.example.stranger", "Stranger"), *_mixed(own)):
            context = {"events:source": source, "events:detail-type": kind}
            may = trial.access.may(principal, "events:PutEvents", bus, context)
            assert may is ((source, kind) in own), (who, bus, source, kind)
            count += 1
    more = allowed - declared
    assert more == _opened(trial, more) | _folded(declared, more) | _lent(trial, more)
    assert declared - allowed - puts == set()
    _without_tls(trial, declared)
    return count - len(allowed)


def _mixed(own: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Own types under a stranger's source, and the other way round."""
    for source, kind in own:
        yield source, "Stranger"
        yield "com.example.stranger", kind


def _without_tls(trial: Trial, declared: set[Right]) -> None:
    by_name = {who.name: who for who in trial.everybody}
    for who, action, resource in declared:
        if action.startswith(("sqs:", "s3:")) or action == "sns:Publish":
            insecure = {"aws:SecureTransport": "false"}
            assert not trial.access.may(by_name[who], action, resource, insecure), (who, resource)


def _opened(trial: Trial, found: set[Right]) -> set[Right]:
    """What is allowed to somebody outside because the file says so."""
    opened = {
        place_arn(place)
        for place in trial.topology.places
        if place.imported is None and (place.allowed.publish or place.allowed.subscribe)
    }
    opened |= {
        place_arn(publication.target)
        for producer in trial.topology.producers.values()
        if producer.outsider is not None
        for publication in producer.publishes
    }
    outside = {"another account", "s3"}
    return {right for right in found if right.who in outside and right.resource in opened}


def _folded(declared: set[Right], found: set[Right]) -> set[Right]:
    """What comes of many sources, which a policy would be too long to name one by one."""
    sources = Counter(right.resource for right in declared if right.who.startswith("events "))
    return {
        right
        for right in found
        if right.who.startswith("events ") and sources[right.resource] > NAMED_IN_QUEUES
    }


def _lent(trial: Trial, found: set[Right]) -> set[Right]:
    """What goes to a role that comes with a target of a schedule: its dead letters."""
    queues = {
        schedule["Target"].get("DeadLetterConfig", {}).get("Arn")
        for schedule in trial.template.of("AWS::Scheduler::Schedule").values()
        if schedule["Target"]["RoleArn"].startswith("arn:aws:given:")
    }
    return {
        right
        for right in found
        if right.who.startswith("arn:aws:given:")
        and right.action == "sqs:SendMessage"
        and right.resource in queues
    }


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_templates_that_are_kept(case: str) -> None:
    judge(Trial(TOPOLOGIES[case], (KEPT / f"{case}.json").read_text("utf-8"), {}))


@pytest.mark.parametrize("case", EXAMPLES)
def test_apps_of_the_examples(case: str) -> None:
    """What the apps hand over is in these templates, with the rights that it gets."""
    topology, _ = built(EXAMPLES[case])
    suffix = topology.suffix
    stack = f"{names.pascal(topology.service)}{suffix}"
    folder = case.partition("/")[0].removesuffix(suffix)
    text = (example(folder) / f"{stack}.template.json").read_text("utf-8")
    refused = judge(Trial(EXAMPLES[case], text, HANDED_OVER.get(topology.service, {})))
    assert refused >= 200


ENCRYPTED = tuple(
    case for case in TOPOLOGIES if "AWS::KMS::Key" in (KEPT / f"{case}.json").read_text("utf-8")
)


def _key_rights(trial: Trial) -> dict[str, dict[str, set[str]]]:
    """By key what each principal needs of it, for what it does with what is encrypted."""
    found: dict[str, dict[str, set[str]]] = {}
    known = {who.name for who in trial.everybody}
    made = {trial.template.arn(name) for name in trial.template.of("AWS::KMS::Key")}
    kinds = ("AWS::SQS::Queue", "AWS::SNS::Topic")
    for name, properties in trial.template.of(*kinds).items():
        key = properties.get("KmsMasterKeyId")
        if key not in made:  # none, or one whose policy is its owner's
            continue
        for right in trial.declared:
            if right.who in known and right.resource == trial.template.arn(name):
                sends = right.action in {"sqs:SendMessage", "sns:Publish"}
                actions = {"kms:Decrypt", *(["kms:GenerateDataKey"] if sends else [])}
                found.setdefault(key, {}).setdefault(right.who, set()).update(actions)
    return found


@pytest.mark.parametrize("case", ENCRYPTED)
def test_who_uses_what_is_encrypted_may_use_the_key_and_no_role_else(case: str) -> None:
    trial = Trial(TOPOLOGIES[case], (KEPT / f"{case}.json").read_text("utf-8"), {})
    by_name = {who.name: who for who in trial.everybody}
    needed = _key_rights(trial)
    assert needed or case != "ok-encryption"
    for key, users in needed.items():
        for who, actions in users.items():
            for action in actions:
                context = {"kms:ViaService": f"sqs.{REGION}.amazonaws.com", **_aliases(trial, key)}
                assert trial.access.may(by_name[who], action, key, context), (who, action)
        idle = {who for who in trial.access.identities if who not in users} - _keepers(trial)
        idle = {who for who in idle if not who.startswith("arn:aws:given:")}  # see `_lent`
        for one in (*(by_name[name] for name in idle), STRANGERS[0], *STRANGERS[2:]):
            for action in ("kms:Decrypt", "kms:GenerateDataKey", "kms:ScheduleKeyDeletion"):
                assert not trial.access.may(one, action, key, {}), (one, action)


def _aliases(trial: Trial, key: str) -> dict[str, str]:
    """What AWS says of a key's alias, which is how roles of another stack have a right on it."""
    named = [
        each["AliasName"]
        for each in trial.template.of("AWS::KMS::Alias").values()
        if each["TargetKeyId"] == key
    ]
    return {"kms:ResourceAliases": named[0]} if named else {}


def _keepers(trial: Trial) -> set[str]:
    """Who puts events on a bus, or has a pipe, which may be encrypted too."""
    pipes = trial.template.of("AWS::Pipes::Pipe").values()
    roles = {trial.template.arn(name): name for name in trial.template.of("AWS::IAM::Role")}
    putting = {right.who for right in trial.declared if right.action == "events:PutEvents"}
    return {who for who, _, _ in trial.puts} | {roles[pipe["RoleArn"]] for pipe in pipes} | putting


def test_a_right_too_many_is_seen_and_one_too_few() -> None:
    text = (KEPT / "event-bus.json").read_text("utf-8")
    file = TOPOLOGIES["event-bus"]
    for wrong in (
        text.replace('"sqs:ReceiveMessage"', '"sqs:*"'),
        text.replace('"sqs:SendMessage"', '"sqs:PurgeQueue"'),
        text.replace('"aws:SecureTransport": "false"', '"aws:SecureTransport": "maybe"'),
        text.replace('"events:source"', '"events:sauce"'),
        text.replace('"aws:SourceArn"', '"aws:Nonsense"'),
    ):
        assert wrong != text
        with pytest.raises(AssertionError):
            judge(Trial(file, wrong, {}))
