"""What can be wrong with the places that a messaging.yaml gives to msgc."""

from __future__ import annotations

from msgc.diagnostics import Code

OUTSIDE_PROJECT = Code(
    id="MSG801",
    name="output-outside-project",
    severity="error",
    explanation="""\
A path under `build` leads out of the folder of `messaging.yaml`.

`msgc build` writes below the folder of its `messaging.yaml` and nowhere else, so that a typo, or a
file somebody sent you, can't overwrite anything else. A symbolic link that leads out of that folder
counts as outside too.

```yaml
build:
  stack: ../infra/stack   # outside
```

Write a path without `..` and without a leading `/`, or move `messaging.yaml` up to the folder that
has both:

```yaml
build:
  stack: infra/stack
```
""",
)

UNWRITABLE = Code(
    id="MSG803",
    name="unwritable-output",
    severity="error",
    explanation="""\
A generated file can't be written: the folder is read-only, a file stands where a folder should be,
or the disk is full.

Everything is written to temporary files first and moved into place at the end, so no file was
changed. The message has the operating system's words.

```yaml
build:
  stubs: src/checkout_messaging   # but src is a file, or read-only
```

Mend the permissions or choose another folder:

```yaml
build:
  stubs: lib/checkout_messaging
```
""",
)

COLLIDING_OUTPUT = Code(
    id="MSG804",
    name="colliding-output",
    severity="error",
    explanation="""\
Two generated files would have the same path, or the folders of the stack and of the stubs would be
one or lie in each other, or a module of the same name lies beside one of them: Python would import
the package, and never the module.

```yaml
build:
  stack: src/checkout_messaging/stack   # in the folder of the stubs
  stubs: src/checkout_messaging
```

Give each a folder of its own:

```yaml
build:
  stack: infra/checkout_messaging_stack
  stubs: src/checkout_messaging
```
""",
)

UNIMPORTABLE_OUTPUT = Code(
    id="MSG620",
    name="unimportable-output",
    severity="error",
    explanation="""\
A generated module would have a name that can't be imported, or that hides a module which generated
code needs: a word of Python (`import`), a module of the standard library (`json`), `aws_cdk`,
`constructs`, `boto3` or `botocore`.

```yaml
build:
  stubs: src/json   # `import json` would get the stubs, or the stubs couldn't be imported
```

Choose another name:

```yaml
build:
  stubs: src/shop_messaging
```
""",
)

CODES = (OUTSIDE_PROJECT, UNWRITABLE, COLLIDING_OUTPUT, UNIMPORTABLE_OUTPUT)
