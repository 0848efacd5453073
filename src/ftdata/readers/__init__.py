"""Source -> numbered lines, rows or text: one module a container, each with a `READER`."""
