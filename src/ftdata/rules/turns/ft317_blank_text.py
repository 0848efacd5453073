"""The text that is to be trained holds nothing but white space.

Why it matters: trainers take the row and train on its white space, and on the end of the text. It is nearly
always a gap in the table that the row was made from.

Target: trl-text

Flagged:

    {"text": " \\n"}

Clean:

    {"text": "Open from Tuesday to Sunday.\\n"}

How to repair: fill the gap, or leave the row out.

Source: the fact texts_not_blank on the page of the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Found, Limits, Rule
from ftdata.rules.pointer import pointer_to


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each such text."""
    for key in sorted(limits.texts_not_blank or ()):
        text = record.get(key)
        if isinstance(text, str) and (not text or text.isspace()):
            yield Found(pointer_to((key,)), {"key": key})


RULE = Rule(
    code="FT317",
    name="blank-text",
    message="{key} is blank: there is nothing to learn in it",
    severity="warning",
    fact="texts_not_blank",
    locate=locate,
)
