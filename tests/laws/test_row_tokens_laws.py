"""Laws of counting rows: bounds that hold for every record, broken ones too."""

from __future__ import annotations

from collections import Counter
from typing import Any

from chat_records import junk, records
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.tokens.counter import counter
from ftdata.tokens.forecast import forecast, needs_counting
from ftdata.tokens.framing import row_tokens
from ftdata.tokens.tally import tally_row
from ftdata.tokens.tools import compact_json

texts = st.text(alphabet='aé漢😀 \n"\\', max_size=6)
weights = st.sampled_from([0, 1])
calls = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": texts,
            "type": texts,
            "function": st.fixed_dictionaries(
                {}, optional={"name": texts, "arguments": texts | junk}
            ),
        },
    )
    | junk,
    max_size=3,
)
messages = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["assistant", "system", "user", "tool", "function", ""])},
        optional={
            "content": texts | st.lists(st.fixed_dictionaries({"text": texts}) | texts, max_size=3),
            "name": texts,
            "weight": weights,
            "tool_calls": calls,
            "function_call": st.fixed_dictionaries(
                {}, optional={"name": texts, "arguments": texts}
            ),
            "refusal": texts,
            "tool_call_id": texts,
        },
    )
    | junk,
    max_size=5,
)
#: Schemas as short as they can be written, where the declarations come nearest to their length.
schemas = st.recursive(
    st.just({})
    | st.fixed_dictionaries({"type": st.sampled_from(["string", "integer", ["null", "array"]])})
    | st.fixed_dictionaries({"enum": st.lists(st.integers(0, 9) | texts, max_size=12)})
    | junk,
    lambda inner: (
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(texts, inner, max_size=3)},
            optional={"required": st.lists(texts, max_size=2), "description": texts},
        )
        | st.fixed_dictionaries({"anyOf": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"type": st.just("array"), "items": inner})
    ),
    max_leaves=12,
)
functions = st.lists(
    st.fixed_dictionaries({"name": texts}, optional={"description": texts, "parameters": schemas}),
    max_size=4,
)
chats = st.fixed_dictionaries({"messages": messages}, optional={"functions": functions})
rows = (
    chats
    | st.fixed_dictionaries({"text": texts})
    | st.fixed_dictionaries({"prompt": texts, "completion": texts})
)


def one_a_byte(text: str) -> int:
    """The most tokens that a text can have."""
    return len(text.encode("utf-8", "surrogatepass"))


@given(row=records | junk)
def test_every_record_is_counted_without_an_error(row: Any) -> None:
    tokens = row_tokens(row, one_a_byte)
    assert 0 <= tokens.trained <= tokens.billed


@given(row=rows)
def test_the_cookbook_never_counts_less_than_is_billed(row: dict[str, Any]) -> None:
    tokens = row_tokens(row, one_a_byte)
    assert tokens.cookbook >= tokens.billed >= tokens.head + tokens.trained * (tokens.head > 0)


@settings(max_examples=500, deadline=None)
@given(row=rows)
def test_a_line_never_has_more_tokens_than_bytes(row: dict[str, Any]) -> None:
    line = one_a_byte(compact_json(row))  # no line for it can be shorter
    tokens = row_tokens(row, counter("cl100k_base")).billed
    assert tokens <= line
    assert needs_counting(line, tokens - 1)
    # Without tools it holds even if each byte of text were a token.
    assert row_tokens({**row, "functions": None}, one_a_byte).billed <= line


@given(row=rows, limit=st.integers(0, 80), more=st.integers(0, 80))
def test_a_larger_limit_never_loses_more(row: dict[str, Any], limit: int, more: int) -> None:
    small = forecast(row, one_a_byte, limit)
    large = forecast(row, one_a_byte, limit + more)
    assert small is not None or large is None
    if small is not None and large is not None:
        assert large.lost <= small.lost
        if small.message_index is not None and large.message_index is not None:
            assert large.message_index >= small.message_index


@given(row=rows, limit=st.integers(0, 80))
def test_a_forecast_agrees_with_the_count_and_the_tally(row: dict[str, Any], limit: int) -> None:
    tokens = row_tokens(row, one_a_byte)
    cut = forecast(row, one_a_byte, limit)
    tally: Counter[str] = Counter()
    tally_row(tally, tokens, limit)
    assert (cut is None) == (tokens.billed <= limit)
    assert tally["over_cap"] == (cut is not None)
    if cut is not None:
        assert (cut.tokens, cut.limit) == (tokens.billed, limit)
        assert cut.lost + cut.surviving == tokens.trained
        assert cut.surviving <= max(0, limit - tokens.head)
        assert tally["unanswered"] == (tokens.trained > 0 and cut.surviving == 0)
        assert tally["billed"] == limit
