"""What a target has no place for takes another form or is left out, and each such loss has its name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ftdata import convert
from ftdata.catalog.target_catalog import load_target
from ftdata.model import LOSSES, Fault
from ftdata.renderers.fitting import fit, room_at
from ftdata.renderers.registry import renderer_named

ASK = {"role": "user", "content": "Rome?"}
SAY = {"role": "assistant", "content": "Sunny."}
RULE = {"role": "system", "content": "Be brief."}
FUNCTION = {"name": "weather", "arguments": '{"city": "Rome"}'}
CALL = {"id": "call_abc", "type": "function", "function": FUNCTION}
CALLING = {"role": "assistant", "content": "", "tool_calls": [CALL]}
ANSWER = {"role": "tool", "content": "sunny", "tool_call_id": "call_abc"}
TOOL = {"type": "function", "function": {"name": "weather", "strict": True}}
PICTURE = {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}
TEXT = {"type": "text", "text": "Rome?"}
ROUND = [ASK, SAY]


def chat(*turns: Any, **beside: Any) -> dict[str, Any]:
    return {"messages": [*turns], **beside}


def asked(*parts: Any) -> dict[str, Any]:
    return chat({"role": "user", "content": [*parts]}, SAY)


def two_calls() -> dict[str, Any]:
    calls = [{**CALL, "id": f"call_{at}"} for at in range(2)]
    answers = [{**ANSWER, "content": f"{at}", "tool_call_id": f"call_{at}"} for at in (1, 0)]
    return chat(ASK, {**CALLING, "tool_calls": calls}, *answers, SAY)


PAIR = {"messages": [ASK], "chosen": [SAY], "rejected": [{**SAY, "content": "No."}]}
UNREADABLE = {**CALL, "function": {"name": "weather", "arguments": '{"city": '}}
CASES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "arguments-left-as-text": (
        "trl-sft",
        chat(ASK, {**CALLING, "tool_calls": [UNREADABLE]}, ANSWER, SAY),
        '"arguments": "{\\"city\\": "',
    ),
    "audio-dropped": ("openai-sft", asked(TEXT, {"type": "input_audio"}), '[{"type": "text"'),
    "developer-as-system": ("mlx-chat", chat({**RULE, "role": "developer"}, *ROUND), "system"),
    "functions-as-tools": (
        "gemini-sft",
        chat(
            ASK,
            {"role": "assistant", "content": "", "function_call": FUNCTION},
            {"role": "function", "name": "weather", "content": "sunny"},
            SAY,
        ),
        '{"id": "older_0", "name": "weather", "response": {"output": "sunny"}}',
    ),
    "image-details-dropped": (
        "gemini-sft",
        asked({"type": "image_url", "image_url": {"url": "gs://a/b.png", "detail": "low"}}, TEXT),
        '{"fileData": {"mimeType": "image/png", "fileUri": "gs://a/b.png"}}',
    ),
    "image-dropped": ("together-sft", asked(PICTURE, TEXT), '"text": "Rome?"'),
    "label-dropped": ("openai-sft", chat(*ROUND, label=True), "Sunny."),
    "name-dropped": ("mistral-sft", chat({**ASK, "name": "ann"}, SAY), "Rome?"),
    "parallel-setting-dropped": ("together-sft", chat(*ROUND, parallel_tool_calls=False), "Rome?"),
    "part-dropped": ("openai-sft", asked(TEXT, {"type": "file", "file": {}}), "Rome?"),
    "parts-joined": ("bedrock-claude-sft", asked(TEXT, TEXT), '"Rome?\\nRome?"'),
    "refusal-as-text": (
        "unsloth-sharegpt",
        chat(ASK, {"role": "assistant", "content": "", "refusal": "I won't."}),
        '{"from": "gpt", "value": "I won\'t."}',
    ),
    "rejected-dropped": ("openai-sft", PAIR, "Sunny."),
    "reply-as-reference": ("openai-rft", chat(*ROUND), '"reference_answer": "Sunny."'),
    "results-reordered": ("llamafactory-sharegpt", two_calls(), '"[\\"0\\", \\"1\\"]"'),
    "system-folded-into-user": ("unsloth-alpaca", chat(RULE, *ROUND), '"Be brief.\\n\\nRome?"'),
    "system-turns-joined": (
        "mistral-sft",
        chat(RULE, {**RULE, "content": "Be kind."}, *ROUND),
        '"Be brief.\\nBe kind."',
    ),
    "text-beside-call-dropped": (
        "mistral-sft",
        chat(
            ASK,
            {**CALLING, "content": "Wait.", "tool_calls": [{**CALL, "id": "a" * 9}]},
            {**ANSWER, "tool_call_id": "a" * 9},
            SAY,
        ),
        '{"role": "assistant", "tool_calls"',
    ),
    "thought-dropped": ("openai-sft", chat(ASK, {**SAY, "reasoning_content": "?"}), "Sunny."),
    "tool-completed": (
        "mistral-sft",
        chat(*ROUND, tools=[{**TOOL, "function": {"name": "a"}}]),
        '{"description": "", "parameters": {}, "name": "a"}',
    ),
    "tool-ids-renamed": ("mistral-sft", chat(ASK, CALLING, ANSWER, SAY), '"tool_call_id": '),
    "tool-keys-dropped": ("gemini-sft", chat(*ROUND, tools=[TOOL]), '[{"name": "weather"}]'),
    "tools-dropped": ("bedrock-nova-sft", chat(*ROUND, tools=[TOOL]), "Rome?"),
    "turns-behind-reply-dropped": ("openai-sft", chat(*ROUND, ASK, RULE), '"Sunny."}]}'),
    "weight-dropped": ("openai-sft", chat(ASK, {**SAY, "weight": 0.5}), "Sunny."),
}

#: Told by the record, not by the example.
OF_RECORDS = {"key-dropped", "turn-key-dropped"}


def written(target: str, example: Any) -> tuple[Any, list[str]]:
    loaded = load_target(target)
    renderer = renderer_named(loaded.renderer)
    losses: list[str] = []
    fitted = fit(example, room_at(renderer.room, loaded), losses)
    return fitted if isinstance(fitted, Fault) else renderer.render(fitted), losses


@pytest.mark.parametrize("name", CASES)
def test_each_loss_is_named_and_nothing_else_is_lost(name: str) -> None:
    target, example, piece = CASES[name]
    before = json.dumps(example)
    row, losses = written(target, example)
    assert not isinstance(row, Fault), row
    assert {*losses} == {name}
    assert piece in json.dumps(row)
    assert json.dumps(example) == before


def test_each_loss_has_a_case() -> None:
    assert {*CASES} == LOSSES.keys() - OF_RECORDS


def test_ids_are_renamed_alike_in_calls_and_answers() -> None:
    row, losses = written("mistral-sft", chat(ASK, CALLING, ANSWER, SAY))
    call_id = row["messages"][1]["tool_calls"][0]["id"]
    assert len(call_id) == 9
    assert call_id.isalnum()
    assert row["messages"][2]["tool_call_id"] == call_id
    assert losses == ["tool-ids-renamed"]


def test_arguments_are_objects_where_the_target_wants_them() -> None:
    example = chat(ASK, CALLING, ANSWER, SAY)
    for target, arguments in (("trl-sft", {"city": "Rome"}), ("openai-sft", FUNCTION["arguments"])):
        row, losses = written(target, example)
        assert row["messages"][1]["tool_calls"][0]["function"]["arguments"] == arguments
        assert losses == []


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": 1e999}', '{"a": NaN}', "[1]", "1"])
def test_arguments_that_an_object_would_change_stay_a_text(text: str) -> None:
    call = {**CALL, "function": {"name": "weather", "arguments": text}}
    row, losses = written("trl-sft", chat(ASK, {**CALLING, "tool_calls": [call]}, ANSWER, SAY))
    assert row["messages"][1]["tool_calls"][0]["function"]["arguments"] == text
    assert losses == ["arguments-left-as-text"]


def test_a_late_system_turn_is_said_by_the_next_user() -> None:
    row, losses = written("torchtune-chat", chat(*ROUND, RULE, *ROUND))
    assert [turn["content"] for turn in row["messages"]][2] == "Be brief.\n\nRome?"
    assert losses == ["system-folded-into-user"]


@pytest.mark.parametrize(
    ("target", "example", "what", "pointer"),
    [
        ("unsloth-alpaca", chat(ASK, CALLING, ANSWER, SAY), "a call of a tool", "/messages/1"),
        ("openai-dpo", chat(*ROUND), "compares two", ""),
        ("together-sft", asked(PICTURE), "nothing but images", "/messages/0"),
        ("torchtune-chat", chat(*ROUND, RULE), "no user's turn follows", "/messages/2"),
        ("openai-sft", chat(ASK), "without any reply", ""),
        ("openai-sft", {"text": "Rome"}, "plain text", ""),
    ],
)
def test_what_has_no_sensible_form_is_refused(
    target: str, example: Any, what: str, pointer: str
) -> None:
    fault, _ = written(target, example)
    assert isinstance(fault, Fault)
    assert what in str(fault.params["what"])
    assert fault.pointer == pointer


def test_keys_of_turns_and_rows_that_nobody_reads_are_lost() -> None:
    noted = {**SAY, "id": "m2", "audio": {"id": "a1"}, "annotations": []}
    rows = [
        {"messages": [{**ASK, "weight": 0, "mood": "calm"}, noted], "source": "web", "split": None},
        {"messages": [{**ASK, "weight": 1}, SAY]},
    ]
    accounts = convert(rows, to="openai-sft").accounts
    assert {name: (lost.rows, lost.times) for name, lost in accounts.losses.counts.items()} == {
        "key-dropped": (1, 1),
        "turn-key-dropped": (1, 2),
        "audio-dropped": (1, 1),
        "weight-dropped": (1, 1),
    }
    assert accounts.not_carried == dict.fromkeys(
        ["source", "audio of a turn", "id of a turn", "mood of a turn", "weight of a turn"], 1
    )


def test_with_on_loss_fail_a_row_that_would_lose_something_is_rejected() -> None:
    rows = [chat(*ROUND), chat(ASK, {**SAY, "reasoning_content": "?"}), chat(*ROUND, id=7)]
    result = convert(rows, to="openai-sft", on_loss="fail")
    assert not result.ok
    assert result.rows == rows[:1]
    assert not result.accounts.losses
    assert result.accounts.reasons == {"FT230": 2}
    rejects = [json.loads(line) for line in result.accounts.first_rejects]
    assert [(reject["row"], reject["original"]) for reject in rejects] == [
        (2, rows[1]),
        (3, rows[2]),
    ]
    assert "thought-dropped" in rejects[0]["message"]
    assert "'id'" in rejects[1]["message"]


@pytest.mark.parametrize(
    "target", ["axolotl-chat", "mlx-chat", "torchtune-chat", "trl-kto", "trl-sft", "unsloth-sft"]
)
@pytest.mark.parametrize(
    ("content", "text"),
    [("", "I won't."), (None, "I won't."), ("Well.", "Well.\nI won't.")],
)
def test_a_refusal_is_said_where_nobody_reads_the_key(
    target: str, content: str | None, text: str
) -> None:
    example = chat(ASK, {"role": "assistant", "content": content, "refusal": "I won't."})
    if target == "trl-kto":
        example["label"] = True
    row, losses = written(target, example)
    assert losses == ["refusal-as-text"]
    said = (row.get("completion") or row["messages"])[-1]
    assert said == {"role": "assistant", "content": text}


def test_a_part_that_refuses_is_a_text_where_nobody_reads_refusals() -> None:
    refused = {"role": "assistant", "content": [{"type": "refusal", "refusal": "I won't."}]}
    row, losses = written("trl-sft", chat(ASK, refused))
    assert losses == ["refusal-as-text"]
    assert row["messages"][-1]["content"] == [{"type": "text", "text": "I won't."}]
    row, losses = written("openai-sft", chat(ASK, refused))
    assert (row["messages"][-1], losses) == (refused, [])
