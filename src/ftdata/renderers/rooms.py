"""What the rows of each renderer have room for."""

from __future__ import annotations

import re
from dataclasses import replace

from ftdata.model import Room
from ftdata.renderers.images import in_cloud_storage, in_s3

_WORDS = frozenset({"system", "user", "assistant"})
_AGENTS = frozenset({*_WORDS, "tool"})
_CALLS = frozenset({"tool_calls", "tool_call_id"})
_DATA = re.compile(r"data:image/(jpeg|png|webp);base64,")
_WEB = re.compile(r"https?://|data:image/", re.IGNORECASE)

#: What chat templates can make use of.
CHAT = Room(
    reply="needed",
    beside=frozenset({"tools", "functions", "parallel_tool_calls"}),
    weights="0 to 1",
)
#: The same where the older functions have no column.
COMPLETION = replace(
    CHAT,
    roles=frozenset({*_AGENTS, "developer"}),
    keys=CHAT.keys - {"function_call"},
    beside=frozenset({"tools"}),
)
PAIR = replace(COMPLETION, beside=frozenset({"tools", "rejected"}))
JUDGED = replace(COMPLETION, beside=frozenset({"tools", "rejected", "label"}))

#: No thoughts, and weights that are 0 or 1.
OPENAI = replace(
    CHAT,
    keys=CHAT.keys - {"reasoning_content"},
    weights="0 or 1",
    images=lambda url: _WEB.match(url) is not None,
)
CHAT_PAIR = replace(
    OPENAI,
    roles=frozenset({*_AGENTS, "developer"}),
    keys=OPENAI.keys - {"function_call"},
    beside=frozenset({"tools", "parallel_tool_calls", "rejected"}),
)
#: Pairs of OpenAI and Azure are words only.
OPENAI_PAIR = replace(CHAT_PAIR, images=lambda _: False)
GRADED = replace(CHAT_PAIR, beside=frozenset({"tools", "item"}), reply="reference")

TOGETHER = Room(
    reply="needed",
    roles=_AGENTS,
    keys=_CALLS | {"name", "weight"},
    beside=frozenset({"tools"}),
    images=lambda url: _DATA.match(url) is not None,
    weights="0 or 1",
)
MISTRAL = Room(
    reply="needed",
    roles=_AGENTS,
    keys=_CALLS | {"name", "weight"},
    beside=frozenset({"tools"}),
    named=frozenset({"tool"}),
    parts=frozenset(),
    images=lambda _: False,
    weights="0 or 1",
    system="in front",
    one_system=True,
    call_ids="nine",
    text_beside_calls=False,
    whole_tools=True,
)

#: Who says what, and nothing else.
WORDS = Room(
    reply="needed",
    roles=_WORDS,
    keys=frozenset(),
    beside=frozenset(),
    parts=frozenset(),
    images=lambda _: False,
)
WORDS_PAIR = replace(WORDS, beside=frozenset({"rejected"}))
ALPACA = replace(WORDS, system="nowhere")
ALPACA_HISTORY = replace(WORDS, system="in front", one_system=True)
CLAUDE = ALPACA_HISTORY
FRONT_PAIR = replace(ALPACA_HISTORY, beside=frozenset({"rejected"}))
FRONT_JUDGED = replace(ALPACA_HISTORY, beside=frozenset({"label"}))
SHAREGPT_TOOLS = replace(
    ALPACA_HISTORY,
    roles=_AGENTS,
    keys=_CALLS,
    beside=frozenset({"tools"}),
    call_ids="numbered",
    text_beside_calls=False,
)

CONVERSE = replace(
    WORDS,
    parts=frozenset({"user", "assistant"}),
    images=in_s3,
    image_details=False,
    system="in front",
)
LLAMA = replace(CONVERSE, one_system=True)
GEMINI = replace(
    CONVERSE,
    roles=_AGENTS,
    keys=_CALLS,
    beside=frozenset({"tools"}),
    images=in_cloud_storage,
    tool_keys=frozenset({"name", "description", "parameters"}),
)
GEMINI_PAIR = replace(
    CONVERSE, beside=frozenset({"rejected"}), images=lambda _: False, one_system=True
)
