"""What targets of pairs, prompts and judged answers cannot carry is said, and nothing else is refused."""

from __future__ import annotations

from typing import Any

import pytest

from ftdata.model import Example, Fault, Message
from ftdata.renderers.registry import renderer_named

ASK: Message = {"role": "user", "content": "Tulips?"}
YES: Message = {"role": "assistant", "content": "Yes."}
NO: Message = {"role": "assistant", "content": "No."}
CALL: Message = {
    "role": "assistant",
    "content": "",
    "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "stock", "arguments": "{}"}}
    ],
}
RESULT: Message = {"role": "tool", "content": "12", "tool_call_id": "c1"}
IMAGE: Message = {
    "role": "user",
    "content": [{"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}],
}
PAIRS = (
    "openai-preference",
    "azure-preference",
    "preference",
    "gemini-preference",
    "autotrain-preference",
)
PROMPTS = ("prompt-completion", "judged", "reinforcement")

each_pair = pytest.mark.parametrize("name", PAIRS)


def pair(*prompt: Message, chosen: tuple[Message, ...] = (YES,)) -> Example:
    return {"messages": [*prompt], "chosen": [*chosen], "rejected": [NO]}


def fault_of(name: str, example: Example) -> Fault:
    fault = renderer_named(name).render(example)
    assert isinstance(fault, Fault), fault
    assert fault.name in ("not-carried-by-target", "undesirable-answer")
    return fault


def row_of(name: str, example: Example) -> dict[str, Any]:
    row = renderer_named(name).render(example)
    assert not isinstance(row, Fault), row
    return row


@each_pair
def test_a_single_answer_is_no_pair(name: str) -> None:
    assert "compares two" in str(fault_of(name, {"messages": [ASK, YES]}).params["what"])
    assert fault_of(name, {"messages": [ASK, YES], "label": True})
    assert fault_of(name, {"text": "Tulips."})


@each_pair
def test_a_prompt_that_ends_with_a_reply_is_answered_already(name: str) -> None:
    fault = fault_of(name, pair(ASK, YES))
    assert (fault.params["what"], fault.pointer) == (
        "a prompt that already ends with a reply",
        "/messages/1",
    )


@each_pair
def test_there_is_no_pair_without_a_prompt(name: str) -> None:
    assert fault_of(name, pair()).params["what"] == "an answer without a prompt"


def test_an_answer_of_several_turns_is_for_azure_and_trl() -> None:
    example = pair(ASK, chosen=(CALL, RESULT, YES))
    assert len(row_of("azure-preference", example)["preferred_output"]) == 3
    assert len(row_of("preference", example)["chosen"]) == 3
    assert fault_of("openai-preference", example).pointer == "/chosen"
    assert fault_of("gemini-preference", example)
    assert fault_of("autotrain-preference", example)


def test_only_the_assistant_and_tools_answer_for_azure() -> None:
    fault = fault_of("azure-preference", pair(ASK, chosen=(YES, ASK, YES)))
    assert fault.params["what"] == "an answer with a turn of the user"


def test_tools_lie_within_the_input_for_openai_and_beside_the_prompt_for_trl() -> None:
    tools = [{"type": "function", "function": {"name": "stock"}}]
    example: Example = {**pair(ASK), "tools": tools, "parallel_tool_calls": False}
    assert row_of("openai-preference", example)["input"] == {
        "messages": [ASK],
        "tools": tools,
        "parallel_tool_calls": False,
    }
    assert row_of("preference", example)["tools"] == tools


@pytest.mark.parametrize("name", ["gemini-preference", "autotrain-preference"])
@pytest.mark.parametrize("turns", [(IMAGE,), (ASK, CALL, RESULT)], ids=["image", "call"])
def test_texts_alone_are_for_gemini_and_autotrain(name: str, turns: tuple[Message, ...]) -> None:
    assert fault_of(name, pair(*turns))


def test_what_the_system_says_stands_beside_the_contents_of_gemini() -> None:
    system: Message = {"role": "system", "content": "Brief."}
    row = row_of("gemini-preference", pair(system, ASK))
    assert row["system_instruction"] == {"parts": [{"text": "Brief."}]}
    assert [turn["role"] for turn in row["contents"]] == ["user"]
    assert fault_of("gemini-preference", pair(ASK, system))
    assert fault_of("gemini-preference", pair(system))


def test_the_last_reply_is_the_completion() -> None:
    row = row_of("prompt-completion", {"messages": [ASK, NO, ASK, YES]})
    assert row == {"prompt": [ASK, NO, ASK], "completion": [YES]}
    assert row_of("prompt-completion", pair(ASK))["completion"] == [YES]


@pytest.mark.parametrize("name", PROMPTS)
def test_plain_text_has_no_prompt(name: str) -> None:
    assert fault_of(name, {"text": "Tulips."})


@pytest.mark.parametrize("name", ["prompt-completion", "judged"])
def test_a_completion_is_a_reply_to_something(name: str) -> None:
    for turns in ([ASK], [YES], [ASK, NO, YES]):
        assert fault_of(name, {"messages": turns, "label": True})


@pytest.mark.parametrize("name", ["prompt-completion", "reinforcement"])
def test_a_bad_answer_is_no_model(name: str) -> None:
    bad: Example = {"messages": [ASK, NO], "label": False}
    assert fault_of(name, bad).name == "undesirable-answer"


def test_a_verdict_is_needed_and_both_are_carried() -> None:
    assert fault_of("judged", {"messages": [ASK, YES]})
    for label in (True, False):
        row = row_of("judged", {"messages": [ASK, YES], "label": label})
        assert row == {"prompt": [ASK], "completion": [YES], "label": label}
    assert row_of("judged", pair(ASK)) == {"prompt": [ASK], "chosen": [YES], "rejected": [NO]}


def test_the_reply_becomes_the_reference_of_a_grader() -> None:
    row = {"messages": [ASK], "reference_answer": "Yes."}
    assert row_of("reinforcement", {"messages": [ASK, YES]}) == row
    assert row_of("reinforcement", pair(ASK)) == row
    item: Example = {"messages": [ASK], "item": {"rubric": ["polite"]}}
    assert row_of("reinforcement", item) == {"messages": [ASK], "rubric": ["polite"]}


@pytest.mark.parametrize(
    "example",
    [
        {"messages": [ASK, CALL]},
        {"messages": [ASK, CALL, RESULT]},
        {"messages": [YES]},
        {"messages": [ASK, YES], "item": {"reference_answer": "x"}},
        {"messages": [ASK], "item": {"tools": "x"}},
        {"messages": [ASK], "functions": [{"name": "stock"}]},
    ],
    ids=["call", "result", "no prompt", "two references", "taken key", "functions"],
)
def test_what_no_grader_could_judge_is_a_fault(example: Example) -> None:
    assert fault_of("reinforcement", example).name == "not-carried-by-target"
