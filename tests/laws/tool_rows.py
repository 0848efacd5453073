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


def _parts(
    role: str, key: str, held: st.SearchStrategy[dict[str, object]]
) -> st.SearchStrategy[object]:
    part = held.map(lambda one: {key: one}) | st.just({"text": "Hi"})
    turn = {"role": st.just(role), "parts": st.lists(part, min_size=1, max_size=3)}
    return st.fixed_dictionaries(turn)


gemini_calls = st.fixed_dictionaries(
    {"name": names_of_tools, "args": st.sampled_from([{"a": 1}, {"a": "1"}, {}])},
    optional={"id": call_ids},
)
gemini_responses = st.fixed_dictionaries(
    {"name": names_of_tools, "response": st.just({"a": 1})}, optional={"id": call_ids}
)
gemini_rows = st.fixed_dictionaries(
    {
        "contents": st.lists(
            _parts("model", "functionCall", gemini_calls)
            | _parts("model", "function_call", gemini_calls)
            | _parts("user", "functionResponse", gemini_responses),
            min_size=1,
            max_size=5,
        )
    },
    optional={
        "tools": st.lists(
            st.fixed_dictionaries(
                {"name": names_of_tools}, optional={"parameters": st.sampled_from(PARAMETERS)}
            ),
            max_size=3,
        ).map(lambda declared: [{"functionDeclarations": declared}])
    },
)
pairs_with_tools = st.builds(
    lambda chat, good, bad: {
        "input": chat,
        "preferred_output": good,
        "non_preferred_output": bad,
        "prompt": chat["messages"],
        "chosen": good,
        "rejected": bad,
    },
    tool_chats,
    st.lists(tool_turns, max_size=2),
    st.lists(tool_turns, max_size=2),
)
sharegpt_turns = st.sampled_from(
    [
        ("human", "Hi"),
        ("gpt", "Ho"),
        ("observation", "a"),
        ("function_call", '{"name": "f", "arguments": {"a": 1}}'),
        ("function_call", '[{"name": "g", "arguments": "{"}, {"name": "f"}, 1]'),
        ("function_call", "f(1)"),
    ]
).map(lambda turn: {"from": turn[0], "value": turn[1]})
sharegpt_rows = st.fixed_dictionaries(
    {"conversations": st.lists(sharegpt_turns, min_size=1, max_size=5)},
    optional={"tools": some_tools.map(json.dumps)},
)
rows_with_tools_elsewhere = gemini_rows | pairs_with_tools | sharegpt_rows
