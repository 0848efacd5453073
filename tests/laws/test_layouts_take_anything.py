"""Whatever a record or a document holds, a layout gives examples or faults, and never an empty chat."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.layouts.registry import all_layouts, all_text_layouts, detect, layout_named, layout_of
from ftdata.model import Example, Fault, Layout, LayoutOptions, TextLayout, is_empty
from ftdata.renderers.registry import all_renderers
from ftdata.rules.messages import message_of
from ftdata.rules.registry import rule_named

unhurried = settings(deadline=None)  # machines that run tests are busy

#: Keys and words that mean something to a layout: random ones would hardly ever meet one.
KEYS = (
    *("messages", "role", "content", "from", "value", "conversations", "system", "tools", "type"),
    *("text", "prompt", "completion", "chosen", "rejected", "label", "question", "answer", "Q"),
    *("instruction", "input", "output", "history", "tool_calls", "function", "name", "arguments"),
    *("toolUse", "toolResult", "image", "source", "weight", "thinking", "tool_call_id", "id"),
    *("function_call", "functions", "parallel_tool_calls", "toolConfig", "context", "A", "x"),
)
WORDS = (
    *("user", "assistant", "human", "gpt", "tool", "function_call", "observation", "function"),
    *("text", "tool_use", "tool_result", "reasoning", "image_url", "refusal", "", " ", "\ud800"),
    *("User: hi\nAssistant: hello", "[]", "[{}]", '[{"role": "user"}]', '{"name": "f"}', "true"),
)
OPTIONS = st.builds(
    LayoutOptions,
    columns=st.dictionaries(
        st.sampled_from(("user", "messages", "text", *KEYS)), st.sampled_from(KEYS)
    ),
    user=st.sampled_from((None, "x", "{x} {text}")),
    assistant=st.sampled_from((None, "answer", "{{}}")),
    system=st.sampled_from((None, "system", "Be brief.", "{x}")),
    instruction=st.sampled_from((None, "Go on: {title}", "{text}")),
    on_empty=st.sampled_from(("reject", "drop", "keep")),
    roles=st.dictionaries(
        st.sampled_from(("x", "Human", "tool")), st.sampled_from(("user", "assistant", "wizard"))
    ),
    chunk_tokens=st.integers(1, 20),
    max_turns=st.none() | st.integers(1, 6),
)
plain = (
    st.sampled_from(WORDS)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)
turns = st.fixed_dictionaries(
    {"role": st.sampled_from(WORDS)},
    optional=dict.fromkeys(("content", "tool_calls", "weight", "name", "tool_call_id"), values),
)
records = values | st.fixed_dictionaries(
    {"messages": st.lists(turns, min_size=1, max_size=4)},
    optional=dict.fromkeys(("system", "tools", "label", "chosen", "rejected"), values),
)
lines = st.lists(
    st.sampled_from(
        (
            *(
                "User: hi",
                "Assistant: hello",
                "Q: why?",
                "A: so",
                "",
                "# Title",
                "---",
                "====",
                "```",
            ),
            *(
                "<ann> hi",
                "[10:01] <bob> hello",
                "12/31/23, 10:15 - Ann: hi",
                "=== ann joined",
                "x",
            ),
            *(
                "Ann: hi",
                "Bob: hello",
                "System: brief",
                "\ud800",
                "a" * 300,
                "1. Q: 2",
                "A:",
                "User:",
            ),
        )
    )
    | st.text(st.characters(exclude_characters="\n"), max_size=20),
    max_size=30,
)
each_layout = pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
each_text_layout = pytest.mark.parametrize("layout", all_text_layouts(), ids=lambda one: one.name)


def hold(outcome: Example | Fault, options: LayoutOptions) -> None:
    """An outcome is a fault that its rule can put into words, or an example that says something."""
    if isinstance(outcome, Fault):
        assert message_of(rule_named(outcome.name).code, outcome.params)
        return
    assert outcome.get("messages") or outcome["text"]
    for message in outcome.get("messages", []):
        assert isinstance(message["content"], str | list)
        if options.on_empty != "keep" and message["role"] in ("user", "assistant"):
            assert not is_empty(message)
    for renderer in all_renderers():
        json.dumps(renderer.render(outcome), default=repr)


@each_layout
@unhurried
@given(record=records, options=OPTIONS)
def test_a_layout_gives_an_example_or_a_fault(
    layout: Layout, record: Any, options: LayoutOptions
) -> None:
    before = repr(record)
    hold(layout.to_example(record, options), options)
    assert repr(record) == before
    used = layout.uses(record, options)
    assert used <= (record.keys() if isinstance(record, dict) else frozenset())


@unhurried
@given(record=records)
def test_what_is_recognised_is_read_with_the_keys_of_its_layout(record: Any) -> None:
    name = layout_of(record)
    assert detect([record]) == ([] if name is None else [name])
    if name is not None:
        layout = layout_named(name)
        assert isinstance(layout, Layout)
        outcome = layout.to_example(record, LayoutOptions())
        assert not (isinstance(outcome, Fault) and outcome.name == "lacks-layout-keys")


@each_text_layout
@unhurried
@given(document=lines, options=OPTIONS)
def test_a_layout_of_documents_gives_examples_and_faults_in_order(
    layout: TextLayout, document: list[str], options: LayoutOptions
) -> None:
    layout.recognises(document)
    pieces = list(layout.split(enumerate(document, start=1), options, len))
    for _, outcome in pieces:
        hold(outcome, options)
    numbers = [number for number, _ in pieces]
    assert numbers == sorted(numbers)
    assert all(1 <= number <= len(document) for number in numbers)
