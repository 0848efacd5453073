"""The row declares tools, and the target trains on its last reply alone: all earlier ones are context.

Why it matters: the calls of an agent, and what it says on the way, are not learnt; only how it ends is. A
conversation of ten replies then teaches one. The finding stands once a run, at the first file, with the
sums of all rows: nothing is wrong with them.

Target: mistral-sft

Flagged:

    {"messages": [
      {"role": "user", "content": "Rain in Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "call00001", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]},
      {"role": "tool", "content": "dry", "tool_call_id": "call00001"},
      {"role": "assistant", "content": "No"}
    ], "tools": [{"type": "function",
      "function": {"name": "weather", "description": "The weather", "parameters": {"type": "object"}}}]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rain in Rome?"},
      {"role": "assistant", "tool_calls": [
        {"id": "call00001", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [{"type": "function",
      "function": {"name": "weather", "description": "The weather", "parameters": {"type": "object"}}}]}

How to repair: cut such a conversation into several, each of which ends with one of the replies that are to
be learnt.

Source: mistral-finetune@1943535 finetune/data/tokenize.py (only_last), run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, definitions_of
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where tools are declared and there is more than one reply."""
    return (
        bool(limits.tools_train_last)
        and facts.turns.assistants > 1
        and facts.tools is not None
        and facts.tools.definitions is not None
    )


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the list of turns, with the number of replies that are not trained."""
    replies = sum(role == "assistant" for _, role, _ in turns_in(record))
    if limits.tools_train_last and replies > 1 and definitions_of(record) is not None:
        yield Found("/messages", {"rows": 1, "replies": replies - 1})


RULE = Rule(
    code="FT316",
    name="earlier-replies-untrained",
    message="of {rows:,} row(s) with tools only the last reply is trained: {replies:,} are context alone",
    severity="info",
    fact="tools_train_last",
    flags=flags,
    locate=locate,
    on_tools=True,
    once=True,
)
