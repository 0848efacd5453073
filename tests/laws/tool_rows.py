"""Rows with tools for the laws: nearly right ones, in which a call and what belongs to it may differ."""

from __future__ import annotations

import json

from hypothesis import strategies as st

PARAMETERS = [
    {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
    {"type": "object", "properties": {"a": {"type": "str"}}},
    {"type": "array", "items": [{}]},
    {},
]
names_of_tools = st.sampled_from(["f", "f", "f", "g", "f f"])
call_ids = st.sampled_from(["1", "1", "2", "3", ""])
some_tools = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("function"),
            "function": st.fixed_dictionaries(
                {"name": names_of_tools}, optional={"parameters": st.sampled_from(PARAMETERS)}
            ),
        }
    ),
    max_size=3,
)
some_functions = st.fixed_dictionaries(
    {
        "name": names_of_tools,
        "arguments": st.sampled_from(
            [
                '{"a": 1}',
                '{"a": 1}',
                '{"a": "1"}',
                "{}",
                "",
                "[]",
                "{'a'",
                '{"a": NaN}',
                {"a": 1},
                {},
            ]
        ),
    }
)
some_calls = st.lists(
    st.fixed_dictionaries(
        {"id": call_ids, "type": st.just("function"), "function": some_functions}
    ),
    min_size=1,
    max_size=3,
)
tool_turns = (
    st.fixed_dictionaries(
        {"role": st.just("assistant"), "tool_calls": some_calls},
        optional={"content": st.sampled_from(["", "Ho", None])},
    )
    | st.fixed_dictionaries({"role": st.just("assistant"), "function_call": some_functions})
    | st.fixed_dictionaries(
        {"role": st.just("tool"), "tool_call_id": call_ids, "content": st.just("a")}
    )
    | st.fixed_dictionaries(
        {"role": st.just("tool"), "tool_call_id": call_ids, "content": st.just("a")}
    )
    | st.fixed_dictionaries(
        {"role": st.just("function"), "name": names_of_tools, "content": st.just("a")}
    )
    | st.sampled_from(
        [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Ho"},
            {"role": "tool", "content": "a"},
        ]
    )
)
tool_chats = st.fixed_dictionaries(
    {
        "messages": st.lists(tool_turns, max_size=6).map(
            lambda turns: [{"role": "user", "content": "Hi"}, *turns]
        )
    },
    optional={
        "tools": some_tools | some_tools.map(json.dumps),
        "functions": some_tools.map(lambda tools: [tool["function"] for tool in tools]),
    },
)
