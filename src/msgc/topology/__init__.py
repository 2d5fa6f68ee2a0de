"""The typed model of a messaging.yaml: ends, edges, their names and their graph."""
