"""The outputs of `msgc build`: their keys, default paths and banners.

Apart from the emitters, since `validate` looks at the places of outputs and emits nothing.
"""

from __future__ import annotations

from msgc.artifact import HASH, MARKDOWN, Output

STACK = Output(
    name="stack",
    key="stack",
    default="infra/{service}_messaging_stack",
    banners=(HASH,),
    package=True,
)
KIT = Output(name="kit", key="kit", default=None, banners=(HASH,), package=True, shared=True)
RUNTIME = Output(
    name="runtime",
    key="runtime",
    default=None,
    banners=(HASH,),
    package=True,
    shared=True,
    in_functions=True,
)
STUBS = Output(
    name="stubs",
    key="stubs",
    default="src/{service}_messaging",
    banners=(HASH, MARKDOWN),
    package=True,
    in_functions=True,
)
