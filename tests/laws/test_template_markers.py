"""Markers are missing exactly where a row's own texts are missing when the row itself is rendered."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.conversation import conversations_in
from ftdata.templates.counting import answers_in
from ftdata.templates.loading import read_templates
from ftdata.templates.marking import marked
from ftdata.templates.probing import probe
from ftdata.templates.sandbox import Refused
from ftdata.templates.shapes import digest_of, shape_of

CASES = Path(__file__).parents[1] / "cases" / "templates"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.name != "bounded")
LEAST_AROUND = 200

#: Becomes another word wherever it stands, see `numbered`.
WORD = "word?"
words = st.just(WORD)


def numbered(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """A chat in which no word comes twice."""
    count = itertools.count(10**6)
    text = re.sub(re.escape(WORD), lambda _: f"word{next(count)}", json.dumps(messages))
    return {"messages": json.loads(text)}


@st.composite
def turns(draw: st.DrawFn) -> dict[str, Any]:
    role = draw(st.sampled_from(["system", "user", "assistant", "tool", "human"]))
    turn: dict[str, Any] = {"role": role}
    form = draw(st.sampled_from(["text", "empty", "parts", "thinking", "absent"]))
    text = draw(words)
    if form == "text":
        turn["content"] = text
    elif form == "empty":
        turn["content"] = ""
    elif form == "parts":
        turn["content"] = [{"type": "text", "text": text}]
    elif form == "thinking":
        turn["content"] = f"<think>\n{draw(words)}\n</think>\n\n{text}"
    if draw(st.booleans()):
        turn["name"] = draw(words)
    if role == "assistant" and draw(st.booleans()):
        turn["reasoning_content"] = draw(words)
    if role == "assistant" and draw(st.booleans()):
        value = draw(words)
        arguments = draw(st.sampled_from([{"q": value}, f'{{"q": "{value}"}}', {}, "{}"]))
        function = {"name": draw(words), "arguments": arguments}
        turn["tool_calls"] = [{"id": "123456789", "type": "function", "function": function}]
    return turn


chats = st.lists(turns(), min_size=1, max_size=6).map(numbered)


def own_text(chat: dict[str, Any], pointer: str) -> str:
    """What stands at a pointer of a mark, as a text that can be looked for."""
    value: Any = chat
    for key in pointer.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value[key]
    if isinstance(value, dict):
        value = next(iter(value.values()))
    return str(value)


def texts_of(chat: dict[str, Any], pointer: str, number: int) -> str:
    """The word that the mark with this number among those at the pointer stands for."""
    found = [piece for piece in _words_in(own_text(chat, pointer)) if piece.startswith("word")]
    return found[number]


def _words_in(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def rendering(template: ChatTemplate, chat: dict[str, Any]) -> str | Refused:
    try:
        return template.render(chat["messages"], None, {}).text
    except Refused as refused:
        return refused


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@settings(max_examples=60, deadline=None)
@given(chat=chats)
def test_a_marker_is_missing_where_the_text_is(folder: Path, chat: dict[str, Any]) -> None:
    template = ChatTemplate(read_templates(str(folder)), date(2026, 11, 22))
    (conversation,) = conversations_in(chat)
    shape = shape_of(conversation)
    verdict = probe(template, shape, {})
    refused = [one for one in verdict.outcomes if one.rule == "template-refuses"]
    real = rendering(template, chat)
    assert [one.params["said"] for one in refused] == (
        [real.reason] if isinstance(real, Refused) else []
    )
    if isinstance(real, Refused):
        return
    example = marked(shape)
    rendered = template.render(example.messages, None, {}).text
    seen: dict[str, int] = {}
    for mark in example.marks:
        number = seen[mark.pointer] = seen.get(mark.pointer, -1) + 1
        text = texts_of(chat, mark.pointer, number)
        assert (mark.text in rendered) == (text in real), mark
    if verdict.around is not None:
        size = sum(len(piece.encode()) for piece in _words_in(str(chat)))
        assert len(real.encode()) <= verdict.around + size + LEAST_AROUND


@settings(max_examples=100, deadline=None)
@given(chat=chats, other=chats)
def test_the_shape_depends_on_no_words(chat: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = (shape_of(conversations_in(one)[0]) for one in (chat, other))
    assert (digest_of(first) == digest_of(second)) == (first == second)
    example = marked(first)
    again = conversations_in({"messages": example.messages})[0]
    assert [dict(pairs).keys() for pairs in shape_of(again)[0]] == [
        dict(pairs).keys() for pairs in first[0]
    ]


SAMPLES = [None, True, 5, 1.5, "", "x", "{", [], {}, [5], ["x"], {"a": 5}, [{"a": "x"}], [[None]]]
anything = st.sampled_from(SAMPLES) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
calls = st.lists(
    st.fixed_dictionaries({}, optional={"id": anything, "function": anything, "name": anything})
    | st.fixed_dictionaries({"function": st.fixed_dictionaries({"name": anything, "arguments": anything})}),
    max_size=2,
)  # fmt: skip
odd_turns = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "tool", ""])},
    optional={
        "content": anything,
        "tool_calls": anything | calls,
        "function_call": anything,
        "name": anything,
        "reasoning_content": anything,
        "tool_call_id": anything,
        "weight": anything,
    },
)
odd_chats = st.fixed_dictionaries(
    {"messages": st.lists(odd_turns, min_size=1, max_size=3)},
    optional={"tools": anything, "chat_template_kwargs": anything, "answers": st.just([[]])},
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@settings(max_examples=60, deadline=None)
@given(chat=odd_chats)
def test_any_row_is_judged_and_counted_without_a_crash(folder: Path, chat: dict[str, Any]) -> None:
    files = read_templates(str(folder))
    template = ChatTemplate(files, date(2026, 11, 22))
    for conversation in conversations_in(chat):
        probe(template, shape_of(conversation), conversation.options)
        try:
            rendered = template.render(
                conversation.messages, conversation.tools, conversation.options
            )
        except Refused:
            continue
        list(answers_in(rendered.text, conversation.messages))
