"""Links made from physical names: the beginnings of ARNs and URLs that the stack completes."""

from __future__ import annotations

from msgc.delivery.plan import RulesOf, TopicsNamed
from msgc.emit.cdk.grants import grantees
from msgc.emit.cdk.queues import uses_arns_by_name
from msgc.emit.cdk.sheet import Sheet
from msgc.topology.model import Bus, Consumer, Place, Producer, Queue, Topic


def write_links(sheet: Sheet) -> None:
    """Write the beginnings that are needed."""
    urls = {place for publisher in sheet.publishers for place in _targets(publisher)}
    given = [g for g in grantees(sheet) if g.kind == "given"]
    by_name = {place for g in given for s in g.statements for place in s.places}
    senders = [s for policy in sheet.delivery.queue_policies for s in policy.senders]
    sources = [source for s in senders for source in s.sources] + [*sheet.delivery.log_writers]
    needs = {
        "_queue_arns": _needs_queue_arns(sheet, by_name),
        "_topic_arns": any(isinstance(p, Topic) and not p.imported for p in urls | by_name)
        or any(isinstance(source, TopicsNamed) for source in sources),
        "_bus_arns": any(
            isinstance(p, Bus) and not p.imported and not p.is_default for p in urls | by_name
        ),
        "_rule_arns": any(isinstance(source, RulesOf) for source in sources),
        "_parameter_arns": any(
            sheet.delivery.addresses[place].parameter
            for publisher in sheet.publishers
            if isinstance(publisher, Producer)
            for place in _targets(publisher)
        ),
        "_queue_urls": any(isinstance(place, Queue) for place in urls),
    }
    writer = sheet.writer
    if any(sender.elsewhere for sender in senders):
        _write_regional_sns(sheet)
    if not any(needs.values()):
        return
    writer.comment(
        "Addresses made from names: links that need no reference, and so make no cycle within "
        "this stack and no export to another."
    )
    writer.line(f"stack = {sheet.core('Stack')}.of(self)")
    arns = {
        "_queue_arns": ("sqs", ""),
        "_topic_arns": ("sns", ""),
        "_bus_arns": ("events", "event-bus/"),
        "_rule_arns": ("events", "rule/"),
        "_parameter_arns": ("ssm", "parameter"),
    }
    for name, (service, resource) in arns.items():
        if needs[name]:
            call = f'stack.format_arn(service="{service}", resource="{resource}")'
            writer.line(f"self.{name} = {call}")
    if needs["_queue_urls"]:
        writer.line('host = f"sqs.{stack.region}.{stack.url_suffix}"')
        writer.line('self._queue_urls = f"https://{host}/{stack.account}/"')


def _write_regional_sns(sheet: Sheet) -> None:
    """Write as whom SNS delivers to the stack's Region from another."""
    info = sheet.writer.use("aws_cdk.region_info", "RegionInfo")
    sheet.writer.comment(
        "Into an opt-in Region, SNS delivers from others under this name; where the stack's Region "
        "isn't known yet, it counts as none."
    )
    writer = sheet.writer
    writer.line(f"region = {sheet.core('Stack')}.of(self).region")
    writer.line("self._regional_sns: list[str] = []")
    writer.line(f"if {info}.get(region).is_opt_in_region:")
    writer.line('    self._regional_sns.append(f"sns.{region}.amazonaws.com")')


def _needs_queue_arns(sheet: Sheet, by_name: set[Place]) -> bool:
    delivery = sheet.delivery
    return uses_arns_by_name(delivery.queue_policies) or any(
        isinstance(place, Queue) for place in by_name
    )


def _targets(publisher: Consumer | Producer) -> list[Place]:
    return [publication.target for publication in publisher.publishes]
