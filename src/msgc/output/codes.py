"""What can go wrong with the files that msgc writes."""

from __future__ import annotations

from msgc.diagnostics import Code

FOREIGN_FILE = Code(
    id="MSG802",
    name="foreign-file",
    severity="error",
    explanation="""\
`msgc build` would write a file whose place is taken by one that msgc didn't write.

A generated file says so in the comments at its top. A file that doesn't was written by a person or
by another tool, and msgc never overwrites it, unless it is empty.

```yaml
build:
  stack: infra   # there is your own infra/__init__.py
```

Name a file that doesn't exist yet, or, if the file may go, delete it and build again:

```yaml
build:
  stack: infra/checkout_messaging_stack
```
""",
)

OUT_OF_DATE = Code(
    id="MSG805",
    name="output-out-of-date",
    severity="error",
    explanation="""\
`msgc build --check` found that the generated files on the disk are not what this `messaging.yaml`
generates: one is missing, was edited by hand, or is left over from an earlier version.

```console
$ msgc build --check
```

shows the difference and writes nothing. Run `msgc build` and commit what it wrote; a change that
you made by hand in a generated file belongs into `messaging.yaml`, or into code of your own.
""",
)

OTHER_SERVICE = Code(
    id="MSG612",
    name="output-of-another-service",
    severity="error",
    explanation="""\
A generated file would take the place of one that was generated for another service. The first line
of a generated file names the service; only that service's build changes or removes it.

```yaml
service: billing
build:
  stubs: src/messaging   # where the stubs of `checkout` are
```

Give each service a folder of its own:

```yaml
build:
  stubs: src/billing_messaging
```

If the service got a new name, delete what was generated for the old one, and build again.
""",
)

OTHER_PROJECT = Code(
    id="MSG613",
    name="output-in-another-project",
    severity="error",
    explanation="""\
A path under `build` leads into a folder that has a `messaging.yaml` of its own, or below one. That
folder is the business of that file: its next build would find files in it that it doesn't know.

```yaml
build:
  stubs: services/billing/src/messaging   # and there is services/billing/messaging.yaml
```

Choose a folder of this service's own:

```yaml
build:
  stubs: src/checkout_messaging
```
""",
)

OVERLAPPING_OUTPUT = Code(
    id="MSG614",
    name="overlapping-output",
    severity="error",
    explanation="""\
Two files that are built in one run have the same output, or one has its output within the other's
folder. Each build would remove or refuse what the other wrote.

```yaml
build:
  stubs: src/messaging   # in both files
```

Name the folder after the service, as it is by default:

```yaml
build:
  stubs: src/checkout_messaging
```
""",
)

BUSY = Code(
    id="MSG615",
    name="build-in-progress",
    severity="error",
    explanation="""\
Another `msgc build` of the same folder is running: in another terminal, in an editor, as a
pre-commit hook. A build waits a minute for the other one and then gives up. Nothing was written.

```console
$ msgc build
```

Wait until the other one has ended, or end it, and build again. There is no lock file to delete:
when a process ends, in whatever way, its lock ends with it.
""",
)

CODES = (
    FOREIGN_FILE, OUT_OF_DATE, OTHER_SERVICE, OTHER_PROJECT, OVERLAPPING_OUTPUT, BUSY,
)  # fmt: skip
