"""One page for what a conversion can lose."""

from __future__ import annotations

from markdown import GENERATED

from ftdata.model import LOSSES

FOLDER = "losses"

_INTRODUCTION = """# What a conversion can lose

`ftdata convert` reads a row into one form and writes it in the form of the target. What the target has a
place for is carried, what it wants in another form is rewritten, and what it has no place for is left out.
Whatever is not as it was is counted by name: in how many rows it happened, how often, and in which row first.

```text
lost name-dropped: the name of a speaker or of a tool is left out of a turn
    (2 rows, 3 times, first chats.jsonl:2)
```

* `--on-loss fail` rejects every row that would lose something
  ([FT230](../rules/FT230-lossy-row.md)), and writes those alone that keep everything.
* `--report FILE` writes all accounts as JSON, of the shape of `schemas/output/conversion.json`; the manifest
  of a folder of shards holds `losses`, too. In the library they are `accounts.losses` of what
  `ftdata.convert` gives.
* The counts are the same on any engine and with any number of workers.
* A row is refused ([FT226](../rules/FT226-not-carried-by-target.md)) only where no form is sensible: calls of
  tools where the target knows words alone, an image that is all that a turn says, a pair where none is, a
  conversation without any reply.

No loss at all means that the row reads back as what it was. These are no losses: null and empty values, a
weight of 1, a single text part that becomes a text, and arguments of calls that are an object in one form
and its JSON in another.

| loss | what became of it |
|---|---|
"""


def pages() -> dict[str, str]:
    """Every page of the folder by its file name."""
    rows = "".join(f"| `{name}` | {LOSSES[name]} |\n" for name in sorted(LOSSES))
    return {"README.md": f"{GENERATED}\n{_INTRODUCTION}{rows}"}
