"""What a row or a document says is in an example or in what is reported; read again, it is the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdata.layouts.registry import layout_named
from ftdata.model import Example, Fault, Layout, LayoutOptions, TextLayout
from ftdata.renderers.registry import renderer_named

unhurried = settings(deadline=None)  # machines that run tests are busy

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
cells = (
    texts
    | st.integers()
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
)
tables = st.sampled_from(
    (
        ("question-answer", ("Frage", "Antwort")),
        ("question-answer", ("question", "answer", "context")),
        ("prompt-completion", ("prompt", "completion", "system")),
        ("alpaca", ("instruction", "output", "input", "system")),
    )
)
on_empty = st.sampled_from(("reject", "drop", "keep"))


def record_layout(name: str) -> Layout:
    layout = layout_named(name)
    assert isinstance(layout, Layout)
    return layout


def text_layout(name: str) -> TextLayout:
    layout = layout_named(name)
    assert isinstance(layout, TextLayout)
    return layout


def words_of(outcome: Example | Fault) -> str:
    if isinstance(outcome, Fault):
        return str(outcome.original)
    if "text" in outcome:
        return outcome["text"]
    return "\n".join(str(message["content"]) for message in outcome["messages"])


@unhurried
@given(table=tables, values=st.lists(cells, min_size=4, max_size=4), on_empty=on_empty)
def test_every_cell_of_a_row_is_in_its_example_or_the_row_is_a_fault(
    table: tuple[str, tuple[str, ...]], values: list[Any], on_empty: Any
) -> None:
    name, columns = table
    row = dict(zip(columns, values, strict=False))
    layout, options = record_layout(name), LayoutOptions(on_empty=on_empty)
    example = layout.to_example(row, options)
    assert layout.uses(row, options) == set(columns)
    if isinstance(example, Fault):
        assert example.name == "empty-cell"
        empty = row[str(example.params["column"])]
        assert empty is None or not str(empty).strip()
        return
    said = [str(message["content"]) for message in example["messages"]]
    for value in row.values():
        text = value if isinstance(value, str) else "" if value is None else json.dumps(value)
        assert not text.strip() or any(text in content for content in said)


@unhurried
@given(title=texts, body=texts, answer=texts)
def test_a_template_holds_its_cells_and_its_own_words(title: str, body: str, answer: str) -> None:
    options = LayoutOptions(user="{{{title}}}\\n<{body}>", assistant="{answer}", on_empty="keep")
    row = {"title": title, "body": body, "answer": answer}
    example = record_layout("columns").to_example(row, options)
    assert example == {
        "messages": [
            {"role": "user", "content": f"{{{title}}}\n<{body}>"},
            {"role": "assistant", "content": answer},
        ]
    }


def solid(text: str) -> str:
    return re.sub(r"\s", "", text)


documents = st.lists(
    st.sampled_from(("", "", "# Title", "===", "```", "One. Two! Three?", "一。二。三"))
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=60),
    max_size=30,
)

#: Ways to count: words; letters; and one that is not the sum of its parts, as tokens are not.
COUNTS = {
    "words": lambda text: len(re.findall(r"\w+|[^\w\s]", text)),
    "letters": len,
    "pairs": lambda text: len(re.findall(r"\s?\w{1,3}|\s+|.", text)),
}


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS)
@unhurried
@given(document=documents, limit=st.integers(1, 40))
def test_chunks_are_exactly_counted_and_hold_the_document(
    count: Any, document: list[str], limit: int
) -> None:
    options = LayoutOptions(chunk_tokens=limit)
    pieces = list(text_layout("chunks").split(enumerate(document, 1), options, count))
    chunks = [words_of(outcome) for _, outcome in pieces]
    assert all(chunk.strip() for chunk in chunks)
    assert solid("".join(chunks)) == solid("\n".join(document))
    for _, outcome in pieces:
        if not isinstance(outcome, Fault):
            assert count(outcome["text"]) <= limit
    for number, outcome in pieces:
        first = words_of(outcome).lstrip().split("\n")[0].rstrip()
        assert first in document[number - 1]


@unhurried
@given(document=documents)
def test_sections_hold_the_document_in_order(document: list[str]) -> None:
    pieces = list(text_layout("sections").split(enumerate(document, 1), LayoutOptions(), len))
    assert solid("".join(words_of(outcome) for _, outcome in pieces)) == solid("\n".join(document))


@unhurried
@given(document=documents)
def test_an_instruction_takes_the_title_and_leaves_the_text(document: list[str]) -> None:
    options = LayoutOptions(instruction="About {title}:", on_empty="keep")
    pieces = list(text_layout("sections").split(enumerate(document, 1), options, len))
    said = solid("".join(words_of(outcome) for _, outcome in pieces))
    for line in document:
        word = solid(line.strip(" #"))
        assert word in said or set(word) <= {"=", "-", "#"}


#: A line of a dialogue: what opens it; "%" stands for a word that is found nowhere else.
LINES = (
    *("User: %", "Assistant: %", "Human: %", "AI: %", "System: %", "tool: %", "Ann: %", "Bob: %"),
    *(
        "%",
        "%",
        "",
        "",
        "--- %",
        "---",
        "Q: %",
        "A: %",
        "2. Q: %",
        "**Q:** %",
        "# %",
        "User:",
        "A:",
    ),
    *("[10:01] <ann> %", "[10:02] <bob> %", "=== % joined", "12/31/23, 10:15 - Ann: %"),
)


@st.composite
def dialogues(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    lines = draw(st.lists(st.sampled_from(LINES), max_size=30))
    marked = [line.replace("%", f"word{index}x") for index, line in enumerate(lines)]
    return marked, [f"word{index}x" for index, line in enumerate(lines) if "%" in line]


@pytest.mark.parametrize("name", ["transcript", "qa-pairs", "sections"])
@unhurried
@given(
    dialogue=dialogues(),
    roles=st.sampled_from(({}, {"Bob": "assistant"}, {"bob": "assistant", "ann": "user"})),
    max_turns=st.none() | st.integers(1, 6),
    on_empty=on_empty,
)
def test_every_line_of_a_dialogue_is_in_one_piece(
    name: str,
    dialogue: tuple[list[str], list[str]],
    roles: dict[str, str],
    max_turns: int | None,
    on_empty: Any,
) -> None:
    lines, words = dialogue
    options = LayoutOptions(roles=roles, max_turns=max_turns, on_empty=on_empty)
    pieces = [one for _, one in text_layout(name).split(enumerate(lines, 1), options, len)]
    system = {
        word
        for piece in pieces
        if not isinstance(piece, Fault)
        for message in piece.get("messages", [])
        if message["role"] == "system"
        for word in words
        if word in str(message["content"])
    }
    for word in words:
        holding = [piece for piece in pieces if word in words_of(piece)]
        assert holding
        assert len(holding) == 1 or word in system
    if name == "transcript" and max_turns is not None:
        for piece in pieces:
            if not isinstance(piece, Fault):
                hold_part(piece, max_turns)


def hold_part(part: Example, max_turns: int) -> None:
    """A part starts with a user and ends with an assistant, and is cut where it can be."""
    roles = [message["role"] for message in part["messages"] if message["role"] != "system"]
    assert roles[-1] == "assistant"
    assert roles[0] == "user"
    ends = [
        at for at in range(1, len(roles)) if (roles[at - 1], roles[at]) == ("assistant", "user")
    ]
    assert len(roles) <= max(max_turns, 2) or not ends or min(ends) > max_turns


arguments = st.dictionaries(texts, texts | st.integers(), max_size=2)
calls = st.fixed_dictionaries(
    {"function": st.fixed_dictionaries({"name": st.just("f"), "arguments": arguments | texts})},
    optional={"id": st.sampled_from(("call_0", "call_1", "a")), "type": st.just("function")},
)
parts = st.sampled_from(
    (
        {"type": "text", "text": "a part"},
        {"type": "text", "value": "a part"},
        {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}},
        {"type": "reasoning", "value": "a thought"},
        {"type": "tool_call", "value": '{"name": "f", "arguments": {}}'},
        {"type": "tool_result", "tool_use_id": "a", "content": "a result"},
        {"text": "a part"},
        "a part",
    )
)
messages = st.fixed_dictionaries(
    {
        "role": st.sampled_from(("system", "user", "assistant", "tool", "human", "observation")),
        "content": texts | st.none() | st.lists(parts, max_size=3),
    },
    optional={
        "tool_calls": st.none() | st.lists(calls, max_size=3),
        "function_call": st.none() | calls.map(lambda call: call["function"]),
        "weight": st.sampled_from((0, 1, 0.5, True, None)),
        "refusal": st.none() | texts,
        "thinking": st.none() | texts,
        "name": st.none() | texts,
        "tool_call_id": st.none() | texts,
        "unheard": texts,
    },
)
chats = st.fixed_dictionaries(
    {"messages": st.lists(messages, min_size=1, max_size=5)},
    optional={
        "tools": st.sampled_from(([], [{"name": "f"}], '[{"name": "f"}]', None)),
        "parallel_tool_calls": st.booleans(),
        "functions": st.sampled_from(([], [{"name": "f"}], None)),
    },
)


@unhurried
@given(record=chats)
def test_a_chat_that_was_written_is_read_as_the_same_chat(record: dict[str, Any]) -> None:
    layout = record_layout("chat")
    example = layout.to_example(record, LayoutOptions(on_empty="keep"))
    assert not isinstance(example, Fault)
    row = renderer_named("chat").render(example)
    assert not isinstance(row, Fault)
    again = layout.to_example(row, LayoutOptions(on_empty="keep"))
    assert not isinstance(again, Fault)
    assert renderer_named("chat").render(again) == row
    if not any(isinstance(message["content"], list) for message in example["messages"]):
        assert again == example
