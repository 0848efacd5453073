"""A text has a string that the target reserves for itself.

Why it matters: such strings part the turns inside of the model. Amazon Nova refuses the whole job for one of
them, wherever it stands.

Target: generic-chat with reserved_strings = [EOS]

Flagged:

    {"messages": [
      {"role": "user", "content": "What ends a text?"},
      {"role": "assistant", "content": "The token [EOS] does."}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "What ends a text?"},
      {"role": "assistant", "content": "The token EOS does."}
    ]}

How to repair: write it in another way, with a space in it, say, or drop the row.

Source: Amazon Nova guide, nova_ft_dataset_validator.py; aws-samples/amazon-bedrock-samples@85fba9d
claude-haiku/DataValidation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Found, Limits, Rule
from ftdata.rules.pointer import pointer_to
from ftdata.rules.quoting import quoted


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at each text, wherever it stands in the record, with the first such string of it."""
    reserved = sorted(limits.reserved_strings or ())
    for path, text in _texts(record) if reserved else ():
        found = next((one for one in reserved if one in text), None)
        if found is not None:
            yield Found(pointer_to(path), {"found": quoted(found)})


def _texts(record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every string that is a value; in the order in which they stand."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), record)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping):
            waiting += [((*path, key), value[key]) for key in reversed(value)]
        elif isinstance(value, (list, tuple)):
            waiting += [((*path, index), value[index]) for index in reversed(range(len(value)))]


RULE = Rule(
    code="FT703",
    name="reserved-string",
    message="{found} is reserved, it may not stand in a text",
    fact="reserved_strings",
    locate=locate,
)
