"""mistral-common in the version that mistral-finetune was written for: its validator of training rows."""

from __future__ import annotations

import json
from pathlib import Path

from answering import answer, lines_of
from mistral_common.protocol.instruct.messages import (
    FinetuningAssistantMessage,
    SystemMessage,
    ToolMessage,
    UserMessage,
)
from mistral_common.protocol.instruct.tool_calls import Tool
from mistral_common.protocol.instruct.validator import MistralRequestValidatorV3, ValidationMode

KINDS = {
    "system": SystemMessage,
    "user": UserMessage,
    "assistant": FinetuningAssistantMessage,
    "tool": ToolMessage,
}


def message_of(
    turn: dict,
) -> SystemMessage | UserMessage | FinetuningAssistantMessage | ToolMessage:
    """The message that a turn stands for; mistral-finetune reads no other keys."""
    kind = KINDS[turn["role"]]
    return kind(**{key: turn[key] for key in turn.keys() & kind.model_fields.keys()})


def trained_rows(path: Path) -> int:
    """How many rows its validator takes. mistral-finetune keeps the system text apart from it."""
    validator = MistralRequestValidatorV3(ValidationMode.finetuning)
    lines = lines_of(path)
    for line in lines:
        row = json.loads(line)
        messages = [message_of(turn) for turn in row["messages"]]
        validator.validate_messages(
            [message for message in messages if not isinstance(message, SystemMessage)]
        )
        validator._validate_tools([Tool(**tool) for tool in row.get("tools") or []])
    return len(lines)


answer({"mistral-sft": trained_rows})
