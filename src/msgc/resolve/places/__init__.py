"""Topics, queues and buses: declared, found by an address, imported, or made for others."""
