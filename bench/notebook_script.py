"""What people run today, written from the description of OpenAI's data preparation notebook.

    python bench/notebook_script.py FILE

The whole file in memory, the notebook's seven checks, its token count with tiktoken (o200k_base, as today's
models need), and its sums. Prints the billing tokens of one epoch as it counts them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ftdata.tokens.vocabulary import load_encoding

_KEYS = {"role", "content", "name", "function_call", "weight", "tool_calls", "tool_call_id"}
_ROLES = {"system", "user", "assistant", "function", "tool"}
_CAP = 65_536


def checked(rows: list[Any]) -> Counter[str]:
    """Counts the kinds of faults that the notebook knows."""
    faults: Counter[str] = Counter()
    for row in rows:
        if not isinstance(row, dict):
            faults["data_type"] += 1
            continue
        messages = row.get("messages")
        if not messages:
            faults["missing_messages_list"] += 1
            continue
        for message in messages:
            if "role" not in message or "content" not in message:
                faults["message_missing_key"] += 1
            if any(key not in _KEYS for key in message):
                faults["message_unrecognized_key"] += 1
            if message.get("role") not in _ROLES:
                faults["unrecognized_role"] += 1
            content = message.get("content")
            called = message.get("function_call") or message.get("tool_calls")
            if (not content and not called) or not isinstance(content, str):
                faults["missing_content"] += 1
        if not any(message.get("role") == "assistant" for message in messages):
            faults["example_missing_assistant_message"] += 1
    return faults


def main() -> None:
    """Reads, checks, counts, prints."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    print(dict(checked(rows)))
    encoding = load_encoding("o200k_base")
    lengths = []
    for row in rows:
        tokens = 3
        for message in row["messages"]:
            tokens += 3
            for key, value in message.items():
                if isinstance(value, str):
                    tokens += len(encoding.encode_ordinary(value))
                if key == "name":
                    tokens += 1
        lengths.append(tokens)
    print(sum(min(_CAP, length) for length in lengths))


if __name__ == "__main__":
    main()
