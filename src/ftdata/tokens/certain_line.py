"""A line that is known to be good -> its tokens, without parsing the tool definitions that it repeats."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
import orjson
from msgspec import UNSET, Raw, Struct, UnsetType

from ftdata.tokens.framing import RowTokens, declared_tokens, row_tokens
from ftdata.tokens.turns import Count

#: The rows of a file mostly carry the same definitions; what is remembered must stay small.
_REMEMBERED = 256
_MOST_REMEMBERED_BYTES = 64 * 1024


class _Definitions(Struct, gc=False):
    tools: Raw | UnsetType = UNSET
    functions: Raw | UnsetType = UNSET


class _Row(_Definitions, gc=False):
    messages: Any = UNSET
    text: Any = UNSET
    prompt: Any = UNSET
    completion: Any = UNSET


_decode = msgspec.json.Decoder(_Row).decode
_encode = msgspec.json.Encoder().encode


def line_tokens(line: bytes, count: Count) -> RowTokens:
    """Gives what `row_tokens` does of the object in a line of JSON that has no fault and no repeated key."""
    row = _decode(line)
    record = {
        key: value
        for key in ("messages", "text", "prompt", "completion")
        if (value := getattr(row, key)) is not UNSET
    }
    if row.tools is UNSET and row.functions is UNSET:
        return row_tokens(record, count, declared=0)
    definitions = _encode(_Definitions(row.tools, row.functions))
    known = _declared if len(definitions) <= _MOST_REMEMBERED_BYTES else _declared.__wrapped__
    return row_tokens(record, count, declared=known(definitions, count))


@lru_cache(maxsize=_REMEMBERED)
def _declared(definitions: bytes, count: Count) -> int:
    return declared_tokens(orjson.loads(definitions), count)
