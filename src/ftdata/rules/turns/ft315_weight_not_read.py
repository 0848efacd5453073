"""An assistant turn has weight 0, and the target trains on it all the same: it reads no weights.

Why it matters: weight 0 says that a reply is not to be learnt, be it a mistake that is put right later, or a
turn that only leads to the answer. Hosted services hide it from the loss; most open-source trainers do not
look at the key, and teach the model just that reply.

Target: axolotl-chat

Flagged:

    {"messages": [
      {"role": "user", "content": "The capital of Australia?"},
      {"role": "assistant", "content": "Sydney", "weight": 0},
      {"role": "user", "content": "Are you sure?"},
      {"role": "assistant", "content": "No: it is Canberra", "weight": 1}
    ]}

Clean:

    {"messages": [
      {"role": "user", "content": "The capital of Australia?"},
      {"role": "assistant", "content": "Canberra", "weight": 1}
    ]}

How to repair: tell the trainer where the weights are, as with Axolotl's `message_field_training: weight`; or
end the conversation before the reply, make prompt and completion of it, or choose a target that reads
weights.

Source: axolotl 0.19.0 prompt_strategies/chat_template.py, run; trl 1.16.0 trl/data_utils.py; LLaMA-Factory
0.9.5 data/converter.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ftdata.model import Facts, Found, Limits, Rule, is_trained
from ftdata.rules.turns.speakers import turns_in


def flags(facts: Facts, limits: Limits) -> bool:
    """True where the target reads no weights and any reply has weight 0."""
    return limits.reads_weights is False and facts.trained < facts.turns.assistants


def locate(record: Mapping[str, Any], limits: Limits) -> Iterator[Found]:
    """Points at the weight of the first such reply."""
    if limits.reads_weights is not False:
        return
    replies = [(at, message) for at, role, message in turns_in(record) if role == "assistant"]
    hidden = [at for at, message in replies if not is_trained(message)]
    if hidden:
        yield Found(f"/messages/{hidden[0]}/weight", {"hidden": len(hidden)})


RULE = Rule(
    code="FT315",
    name="weight-not-read",
    message="{hidden} assistant turn(s) of weight 0 are trained all the same: weights are not read",
    severity="warning",
    fact="reads_weights",
    flags=flags,
    locate=locate,
)
