"""What can be wrong with the code that messaging.yaml names."""

from __future__ import annotations

from msgc.diagnostics import Code

MISSING_CODE_FOLDER = Code(
    id="MSG621",
    name="missing-code-folder",
    severity="error",
    explanation="""\
`code` names a folder that isn't there. The stack makes the function's code of it: synthesis would
fail.

The path is relative to `messaging.yaml`, and may not lead out of its repository.

```yaml
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing}
```

Make the folder, with the handler in it (`app.handler`, unless `handler` says otherwise):

```python
# lambdas/invoicing/app.py
from shop_messaging import MessageContext, OrderPlaced
from shop_messaging.consumers import invoicing


@invoicing.handler
def handler(message: OrderPlaced, context: MessageContext) -> None:
    print(message)
```

A function whose code comes from elsewhere is handed to the construct: `function: provided`.
""",
)

MISSING_HANDLER = Code(
    id="MSG622",
    name="missing-handler",
    severity="error",
    explanation="""\
There is no such function in the folder of the code. Lambda would say so at the first message, as
`Runtime.ImportModuleError` or `Runtime.HandlerNotFound`.

`handler` is the module and the function, `app.handler` by default: a file `app.py` in the folder of
`code`, and `handler` in it. A module in a folder is `package/module.function`.

```yaml
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing, handler: main.handle}   # lambdas/invoicing/main.py
```

The file is read, never run. What can't be told without running it (`from x import *`, a module that
comes with a layer) is taken to be right.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
""",
)

UNREADABLE_HANDLER = Code(
    id="MSG623",
    name="unreadable-handler",
    severity="error",
    explanation="""\
The file with the handler is no Python: it can't be parsed, and Lambda would fail to import it.

It is parsed by the Python that runs msgc, if that is as new as the function's `runtime`.

```yaml
consumers:
  invoicing:
    from: {queue: invoicing}
    function: {code: lambdas/invoicing}   # lambdas/invoicing/app.py has a syntax error
```
""",
)

CODES = (MISSING_CODE_FOLDER, MISSING_HANDLER, UNREADABLE_HANDLER)
