"""`python -m msgc` is `msgc`."""

from __future__ import annotations

from msgc.cli.main import main

if __name__ == "__main__":
    main()
