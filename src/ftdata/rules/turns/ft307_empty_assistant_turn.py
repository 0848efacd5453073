"""An assistant turn, or an answer to a prompt, says nothing and calls nothing.

Why it matters: the model learns to answer with silence. OpenAI's own check calls it missing_content, and
some chat templates print the word None or stop. Of a row of prompt and completion nothing is trained but the
end of the text; a pair with an empty answer teaches its length. A null content beside a tool call is fine.
So is one beside a refusal, but not where the target reads no refusals, as chat templates print none.

Flagged:

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}

    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null}]}

    {"messages": [
      {"role": "user", "content": "Hi"},
      {"role": "assistant", "content": [{"type": "text", "text": " \\n"}]}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "Rome?"},
      {"role": "assistant", "content": null, "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
      ]}
    ], "tools": [{"type": "function", "function": {"name": "weather"}}]}

How to repair: add the reply, or leave the row out.

Source: openai/openai-cookbook, Chat_finetuning_data_prep.ipynb (missing_content); mistral-common 1.13.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, empty_answers, is_empty
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where any reply is empty."""
    if not limits.assistant_not_empty:
        return False
    return facts.empty_assistant or (limits.reads_refusals is False and facts.only_refuses)


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the content of each empty reply."""
    if not limits.assistant_not_empty:
        return
    refusals = limits.reads_refusals is not False
    for index, role, message in turns_in(record):
        if role == "assistant" and is_empty(message, refusals=refusals):
            yield Found(f"/messages/{index}/content", {})
    for number, index in empty_answers(record, refusals=refusals):
        yield Found(f"/answers/{number}/{index}/content", {})


RULE = Rule(
    code="FT307",
    name="empty-assistant-turn",
    message="the assistant says nothing and calls nothing",
    fact="assistant_not_empty",
    flags=flags,
    locate=locate,
)
