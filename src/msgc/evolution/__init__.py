"""What an edit of messaging.yaml would take from a stack that is deployed.

`messaging.inventory` beside the file has a line for each thing that holds data or that others know
(`inventory/`). It is compared with what the file makes now (`losses`, `families`), and what is lost
is told where the edit stands (`findings`, `judgement`).
"""
