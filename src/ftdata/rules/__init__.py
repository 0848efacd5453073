"""One fault, one code, one file: each module has a `RULE`, and its docstring is its page."""
