"""Deploys a cloud assembly to the emulator: assets, what goes by API, then the stack."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.emulator import assets, by_api
from tests.emulator.account import REGION, Account
from tests.emulator.adapted import adapted
from tests.emulator.intrinsics import Lookup, replaced
from tests.emulator.kinds import How, kind_of
from tests.emulator.waiting import eventually

TEMPLATE_BODY_LIMIT = 51_200
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@dataclass(frozen=True)
class Deployed:
    """A stack that exists: its outputs, and the physical id of each logical one."""

    account: Account
    name: str
    outputs: dict[str, str]
    resources: dict[str, str]

    def physical(self, name: str) -> str:
        """The physical id of the logical id `name`, alone or as the last part of a construct path.

        msgc puts the service before it: `CheckoutOrdersTopic`; CDK the path, and a hash behind.
        """
        if name in self.resources:
            return self.resources[name]
        found = [id_ for id_ in self.resources if re.fullmatch(f".*{name}([0-9A-F]{{8}})?", id_)]
        assert found, f"no {name} among {sorted(self.resources)}"
        return self.resources[min(found, key=len)]


def deploy(
    account: Account,
    assembly: Path,
    parameters: dict[str, str] | None = None,
    *,
    stands_for: str = "",
    stack: str = "",
) -> Deployed:
    """Deploy the only stack of the assembly, or the one of a name, and wait until it is there.

    `stands_for` is the account that the template names in ARNs; the test has one of its own.
    """
    templates = sorted(assembly.glob(f"{stack or '*'}.template.json"))
    assert len(templates) == 1, f"one stack expected in {assembly}, found {len(templates)}"
    text = templates[0].read_text()
    text = text.replace(stands_for, account.id) if stands_for else text
    template = adapted(json.loads(text))
    name = templates[0].name.removesuffix(".template.json")

    _bootstrap(account)
    assets.publish(account, assembly, stands_for=stands_for)
    by_how: dict[How, dict[str, dict[str, Any]]] = {
        "stack": {}, "api-before": {}, "api-after": {}, "omitted": {},
    }  # fmt: skip
    for logical_id, resource in template["Resources"].items():
        by_how[kind_of(logical_id, resource).how][logical_id] = resource

    before: dict[str, by_api.Made] = {}
    given = {name: {"Ref": value} for name, value in (parameters or {}).items()}
    for logical_id, resource in by_how["api-before"].items():
        properties = replaced(resource.get("Properties", {}), _among({**given, **before}))
        before[logical_id] = by_api.create(account, name, resource["Type"], properties)
    template["Resources"] = {
        logical_id: _without_dependencies(resource, set(by_how["stack"]))
        for logical_id, resource in by_how["stack"].items()
    }
    template = replaced(template, _among(before))
    deployed = _create(account, name, template, parameters or {})
    resources = deployed.resources | {id_: made["Ref"] for id_, made in before.items()}

    after = _looked_up(account, resources | (parameters or {}), template)
    for logical_id, resource in by_how["api-after"].items():
        properties = replaced(resource.get("Properties", {}), after)
        made = by_api.create(account, name, resource["Type"], properties)
        resources[logical_id] = made["Ref"]
    return Deployed(account, name, deployed.outputs, resources)


def _among(made: dict[str, by_api.Made]) -> Lookup:
    """What stands for references to what is made already, or given."""
    return lambda id_, attribute: made.get(id_, {}).get(attribute)


def _bootstrap(account: Account) -> None:
    """What `cdk bootstrap` leaves behind and CDK's templates look for."""
    account.client("ssm").put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String", Overwrite=True
    )


def _create(
    account: Account, name: str, template: dict[str, Any], parameters: dict[str, str]
) -> Deployed:
    cloudformation = account.client("cloudformation")
    cloudformation.create_stack(
        StackName=name,
        Capabilities=_CAPABILITIES,
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        **_template_argument(account, name, template),
    )

    def finished() -> dict[str, Any] | None:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        return None if stack["StackStatus"].endswith("_IN_PROGRESS") else stack

    stack = eventually(finished, f"stack {name} is created", 120)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        reasons = [
            f"{e['LogicalResourceId']} ({e['ResourceType']}): {e.get('ResourceStatusReason')}"
            for e in reversed(events)
            if e["ResourceStatus"].endswith("FAILED")
        ]
        raise AssertionError("\n".join([f"{name}: {stack['StackStatus']}", *reasons]))
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
    return Deployed(
        account,
        name,
        {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])},
        {
            r["LogicalResourceId"]: r["PhysicalResourceId"]
            for page in pages
            for r in page["StackResourceSummaries"]
        },
    )


def _template_argument(account: Account, name: str, template: dict[str, Any]) -> dict[str, str]:
    """The template itself where it is short enough, else its place in S3, as AWS has it."""
    body = json.dumps(template, separators=(",", ":"))
    if len(body.encode()) <= TEMPLATE_BODY_LIMIT:
        return {"TemplateBody": body}
    s3, bucket = account.client("s3"), f"cdk-hnb659fds-assets-{account.id}-{REGION}"
    assets.ensure_bucket(s3, bucket)
    s3.put_object(Bucket=bucket, Key=f"{name}.json", Body=body.encode())
    return {"TemplateURL": f"{account.emulator.endpoint}/{bucket}/{name}.json"}


def _without_dependencies(resource: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """The resource without `DependsOn` entries that the stack doesn't have any more."""
    depends = resource.get("DependsOn", [])
    rest = [d for d in ([depends] if isinstance(depends, str) else depends) if d in kept]
    without = {key: value for key, value in resource.items() if key != "DependsOn"}
    return without | ({"DependsOn": rest} if rest else {})


def _looked_up(account: Account, resources: dict[str, str], template: dict[str, Any]) -> Lookup:
    """What an API call after the stack may point at, by the physical ids the stack gave out."""
    pseudo = {"AWS::AccountId": account.id, "AWS::Region": REGION, "AWS::Partition": "aws"}

    def lookup(logical_id: str, attribute: str) -> str | None:
        if logical_id in pseudo:
            return pseudo[logical_id]
        physical = resources[logical_id]
        type_ = template["Resources"].get(logical_id, {}).get("Type", "a parameter")
        match type_, attribute:
            case _, "Ref":
                return physical
            case "AWS::SQS::Queue", "Arn":
                sqs = account.client("sqs")
                found: str = sqs.get_queue_attributes(
                    QueueUrl=physical, AttributeNames=["QueueArn"]
                )["Attributes"]["QueueArn"]
                return found
            case "AWS::KMS::Key", "Arn":
                key: str = account.client("kms").describe_key(KeyId=physical)["KeyMetadata"]["Arn"]
                return key
            case "AWS::Events::EventBus", "Name":
                return physical
            case "AWS::Events::EventBus", "Arn":
                arn: str = account.client("events").describe_event_bus(Name=physical)["Arn"]
                return arn
        message = f"{type_}.{attribute}: say in tests/emulator/deploy.py how it is found"
        raise AssertionError(message)

    return lookup
