"""Example -> the target's line: one module a line shape, each with a `RENDERER`."""
