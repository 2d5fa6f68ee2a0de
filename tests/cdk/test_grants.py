"""Grants: on the declared edges, all of them, and on nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cdk.synthesis import Template, plain

Grant = tuple[str, str]


def grants(template: Template) -> dict[str, set[Grant]]:
    """What each policy allows: pairs of the verb that matters and the resource."""
    found: dict[str, set[Grant]] = {}
    for policy, statement in template.statements():
        verbs = _list(statement["Action"])
        verb = next(
            v.partition(":")[2]
            for v in ("sqs:SendMessage", "sqs:ReceiveMessage", *sorted(verbs))
            if v in verbs
        )
        for resource in _list(plain(statement["Resource"])):
            found.setdefault(policy, set()).add((verb, resource))
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


PARAMETERS = "arn:partition:ssm:region:accountid:parameter/"


def test_in_the_stack_of_the_queues(direct: Template) -> None:
    found = grants(direct)
    assert found["WorkerFunctionServiceRoleDefaultPolicy"] == {
        ("ReceiveMessage", "{JobsQueue}"),
        ("SendMessage", "{OrderedQueue}"),
    }
    assert found["SorterFunctionServiceRoleDefaultPolicy"] == {("ReceiveMessage", "{OrderedQueue}")}
    assert found["StrangerManagedPolicy"] == {
        ("ReceiveMessage", "{ForeignQueue}"),
        ("SendMessage", "{JobsQueue}"),
    }
    assert found["ElsewhereManagedPolicy"] == {
        ("SendMessage", "{OrderedQueue}"),
        ("GetParameter", f"{PARAMETERS}direct/messaging/queues/ordered"),
    }
    (batch,) = [name for name in found if name.startswith("Batch") or "Batch" in name]
    assert found[batch] == {
        ("SendMessage", "{JobsQueue}"),
        ("GetParameter", f"{PARAMETERS}direct/messaging/queues/jobs"),
    }
    assert len(found) == 6  # the producer `sorter`, and nobody else is granted anything


def test_what_is_handed_over_is_granted_by_name_in_its_own_stack(assembly: Path) -> None:
    given = Template(assembly / "DirectMessagingGiven.template.json")
    start = "arn:partition:sqs:region:accountid:direct-"
    found = grants(given)
    (web,) = [pairs for name, pairs in found.items() if "web" in name]
    assert web == {
        ("SendMessage", f"{start}jobs"),
        ("SendMessage", f"{start}ordered.fifo"),
        ("GetParameter", f"{PARAMETERS}direct/messaging/queues/jobs"),
        ("GetParameter", f"{PARAMETERS}direct/messaging/queues/ordered"),
    }
    (lent,) = [pairs for name, pairs in found.items() if "borrowed" in name]
    assert lent == {
        ("ReceiveMessage", f"{start}lent"),
        ("SendMessage", f"{start}ordered.fifo"),
    }


def test_events_are_put_with_their_own_source_and_type_only(
    buses: Template, assembly: Path
) -> None:
    given = Template(assembly / "EventsMessagingGiven.template.json")
    puts = [
        (statement["Condition"]["StringEquals"], plain(statement["Resource"]))
        for template in (buses, given)
        for _, statement in template.statements()
        if statement["Action"] == "events:PutEvents"
    ]
    placed = {"events:source": "com.example.events", "events:detail-type": ["Placed"]}
    shipped = {"events:source": "com.example.other", "events:detail-type": ["order.shipped"]}
    own = "arn:partition:events:region:accountid:event-bus/events-own"
    assert (shipped, "{OwnBus}") in puts
    assert (placed, own) in puts
    assert (shipped, own) in puts
    assert all(resource != "*" for _, resource in puts)


def test_topics(topics: Template, assembly: Path) -> None:
    fraud = grants(topics)["FraudFunctionServiceRoleDefaultPolicy"]
    assert ("Publish", "{OrdersTopic}") in fraud
    assert ("SendMessage", "{UndeliveredQueue}") in fraud
    assert len([grant for grant in fraud if grant[0] == "Publish"]) == 2
    given = grants(Template(assembly / "FanMessagingGiven.template.json"))
    (web,) = [pairs for name, pairs in given.items() if "web" in name]
    assert web == {
        ("Publish", "arn:partition:sns:region:accountid:fan-orders"),
        ("Publish", "arn:aws:sns:us-east-1:999988887777:known"),
        ("GetParameter", f"{PARAMETERS}fan/messaging/topics/orders"),
    }


def test_managed_policies_can_be_found(direct: Template) -> None:
    parameter = plain(direct.one("AWS::SSM::Parameter", "ElsewherePolicyParameter"))
    assert parameter["Name"] == "/direct/messaging/policies/elsewhere"
    assert parameter["Value"] == "{ElsewhereManagedPolicy}"


def test_nothing_is_exported(assembly: Path) -> None:
    for path in assembly.glob("*Messaging.template.json"):
        text = path.read_text()
        assert '"Export"' not in text
        assert "Fn::ImportValue" not in text or "Given" in text
