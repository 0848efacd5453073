"""The page of a rule, read from its module's docstring.

The fixed parts, in this order: the sentence; *Why it matters*; *Target*, what the snippets are judged
against ("azure-sft", or "azure-sft with max_message_characters = 20"; generic-chat where it is absent),
or *Schema*; *Flagged* and *Clean*, indented snippets of one JSON value each; *How to repair*; *Source*.
Every snippet of a rule that looks at records is executed by a test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTS = ("Why it matters", "Target", "Schema", "Flagged", "Clean", "How to repair", "Source")
_HEADING = re.compile(rf"^({'|'.join(_PARTS)}):[ ]*\n*", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """The parts of a rule's page; a part that is absent is empty."""

    sentence: str
    parts: dict[str, str]

    @property
    def target(self) -> str:
        """The id of the target that the snippets are judged against."""
        return self.parts.get("Target", "generic-chat").split()[0]

    @property
    def limit(self) -> tuple[str, int | str] | None:
        """The name of a limit, and a value that suits a snippet."""
        stated = re.search(r" with (\w+) = (\S+)$", self.parts.get("Target", ""))
        if stated is None:
            return None
        return stated[1], int(stated[2]) if stated[2].isdigit() else stated[2]

    def snippets(self, part: str) -> list[str]:
        """The indented blocks of *Flagged* or *Clean*, each folded back into one line of JSON."""
        blocks = self.parts.get(part, "").split("\n\n")
        return [" ".join(block.split("\n")) for block in blocks if block.startswith("    ")]


def read_page(docstring: str) -> Page:
    """Cuts a cleaned docstring into its parts."""
    sentence, *pieces = _HEADING.split(docstring)
    names = pieces[::2]
    texts = [text.rstrip() for text in pieces[1::2]]
    return Page(sentence.strip(), dict(zip(names, texts, strict=True)))
