"""What an edit of messaging.yaml would take from a stack that is deployed.

`messaging.inventory` beside the file has a line for each thing that holds data or that others know
(`entry`, `lines`, `reading`). It is made from the planned stack (`entries`), compared with what the
file makes now (`losses`, `families`), and told where the edit stands (`findings`).
"""
