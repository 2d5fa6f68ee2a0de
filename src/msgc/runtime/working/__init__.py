"""The loop of a worker: a process that receives messages from queues and lets a handler run."""
