"""The length of policies is that of the synthesised templates, with known references."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.stack import plan
from msgc.stack.deployed import SHORTEST_REGION, Deployed
from msgc.topology import ids
from tests.assembly import ROOT, example
from tests.cdk.synthesis import built
from tests.cdk.templates import IN_PARTS, in_environments

EXAMPLES = sorted(
    path.parent.name
    for path in (ROOT / "examples").glob("*/messaging.yaml")
    if path.parent.name != IN_PARTS  # its parts are files of their own
)
ARNS = {
    "AWS::SQS::Queue": ("arn:aws:sqs:{region}:{account}:{name}", "QueueName"),
    "AWS::SNS::Topic": ("arn:aws:sns:{region}:{account}:{name}", "TopicName"),
    "AWS::Events::EventBus": ("arn:aws:events:{region}:{account}:event-bus/{name}", "Name"),
}
COMPARED = {"AWS::SQS::QueuePolicy", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"}
PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": SHORTEST_REGION,
    "AWS::AccountId": "111122223333",
}


class Resolved:
    """A template whose references are known, as CloudFormation knows them."""

    def __init__(self, template: dict[str, Any]) -> None:
        self.resources: dict[str, Any] = template["Resources"]

    def value(self, value: Any) -> Any:
        match value:
            case {"Ref": str(name)}:
                return PSEUDO[name] if name in PSEUDO else self._arn(name)
            case {"Fn::GetAtt": [str(name), _]}:
                return self._arn(name)
            case {"Fn::Join": [str(joint), list(parts)]}:
                return joint.join(str(self.value(part)) for part in parts)
            case dict():
                return {key: self.value(below) for key, below in value.items()}
            case list():
                return [self.value(each) for each in value]
            case _:
                return value

    def _arn(self, name: str) -> str:
        resource = self.resources.get(name)
        if resource is None:  # a parameter with the ARN of an imported topic: of no known length
            return f"arn:aws:sns:{SHORTEST_REGION}:111122223333:"
        if resource["Type"] == "AWS::Events::Rule":
            bus = resource["Properties"]["EventBusName"]
            own = self.resources[bus["Ref"]]["Properties"]["Name"] if isinstance(bus, dict) else ""
            made = f"{self.service}-{name}-XXXXXXXXXXXX"[:64]
            path = f"{own}/{made}" if own else made
            return f"arn:aws:events:{SHORTEST_REGION}:111122223333:rule/{path}"
        if resource["Type"] == "AWS::KMS::Key":
            key = "11111111-2222-3333-4444-555555555555"
            return f"arn:aws:kms:{SHORTEST_REGION}:111122223333:key/{key}"
        text, key = ARNS[resource["Type"]]
        named = resource["Properties"][key]
        return text.format(region=SHORTEST_REGION, account="111122223333", name=named)

    service = ""


def template_of(name: str) -> dict[str, Any]:
    path, *_ = sorted(
        path
        for path in example(name).rglob("*.template.json")
        if "AWS::SQS::Queue" in path.read_text()
    )
    found: dict[str, Any] = json.loads(path.read_text())
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_of_examples(name: str) -> None:
    file, *_ = in_environments({name: ROOT / "examples" / name / "messaging.yaml"}).values()
    stack = plan(*built(file))
    deployed = Deployed(stack, SHORTEST_REGION)
    template = Resolved(template_of(name))
    template.service = ids.logical_id(stack.service)
    compared: set[str] = set()
    for policy in stack.resources:
        if policy.type in COMPARED:
            made = template.resources[stack.logical_id(policy)]["Properties"]["PolicyDocument"]
            text = json.dumps(template.value(made), separators=(",", ":"), ensure_ascii=False)
            assert deployed.length(policy.properties["PolicyDocument"]) == len(text)
            compared.add(policy.type)
    assert len(compared) > 1
