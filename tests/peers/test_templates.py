"""ftdata renders with a chat template what transformers renders, and refuses what transformers refuses."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ftdata import validate
from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.conversation import conversations_in
from ftdata.templates.counting import RowCounter
from ftdata.templates.loading import read_templates
from ftdata.templates.sandbox import Refused
from tests.peers.consuming import TEMPLATES
from tests.peers.faults import AGAIN, ASKED, CALL, CALLED, SYSTEM, TOOLS
from tests.peers.verdicts import write_rows

pytestmark = [pytest.mark.peers, pytest.mark.slow]

QUESTION, ANSWER = ASKED
CALLING = CALLED[1]
AS_OBJECT = {**CALL, "function": {"name": "stock", "arguments": {"n": 1, "of": ["ü", "<b>"]}}}
BOTH = [{**AS_OBJECT, "id": f"aB3dE5fG{number}"} for number in (7, 8)]
RESULTS = [{"role": "tool", "content": "12", "tool_call_id": call["id"]} for call in BOTH]


def text_part(text: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": text}]


def chat(*messages: dict[str, Any], **beside: Any) -> dict[str, Any]:
    return {"messages": [*messages], **beside}


#: No reply ends in a character of several tokens: of such a one transformers trains the first token alone.
SHAPES: dict[str, dict[str, Any]] = {
    "one round": chat(*ASKED),
    "two rounds": chat(*ASKED, *AGAIN),
    "system": chat(SYSTEM, *ASKED),
    "late system": chat(*ASKED, SYSTEM, *AGAIN),
    "developer": chat({**SYSTEM, "role": "developer"}, *ASKED),
    "another speaker": chat({**QUESTION, "role": "narrator"}, ANSWER),
    "assistant first": chat(ANSWER, *ASKED),
    "user twice": chat(QUESTION, *ASKED),
    "user last": chat(*ASKED, QUESTION),
    "parts": chat({**QUESTION, "content": text_part("Open?")}, ANSWER),
    "parts of the reply": chat(QUESTION, {**ANSWER, "content": text_part("No.")}),
    "odd characters": chat(QUESTION, {**ANSWER, "content": " <b>&'\"\\ {{ 1 }} 日本 🌱.\n\n"}),
    "empty reply": chat(QUESTION, {**ANSWER, "content": ""}),
    "refusal": chat(QUESTION, {**ANSWER, "content": "", "refusal": "I keep that to myself."}),
    "thoughts": chat(QUESTION, {**ANSWER, "reasoning_content": "Sunday, so no."}, *AGAIN),
    "tools declared": chat(*ASKED, tools=TOOLS),
    "arguments as text": chat(*CALLED, tools=TOOLS),
    "arguments as object": chat(
        CALLED[0], {**CALLING, "tool_calls": [AS_OBJECT]}, *CALLED[2:], tools=TOOLS
    ),
    "two calls": chat(CALLED[0], {**CALLING, "tool_calls": BOTH}, *RESULTS, CALLED[3], tools=TOOLS),
    "null beside a call": chat(
        CALLED[0], {**CALLING, "content": None, "tool_calls": [AS_OBJECT]}, *CALLED[2:]
    ),
}

Rendered = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="module")
def theirs(folder: Path) -> dict[str, dict[str, Rendered]]:
    """By template and shape what transformers renders; the templates lie in `folder`."""
    files = {
        shape: write_rows("trl-sft", [row], folder / str(number))
        for number, (shape, row) in enumerate(SHAPES.items())
    }
    answers = TEMPLATES.outcomes({"trl-sft": files}, folder)["trl-sft"]
    found = {shape: json.loads(str(answer)) for shape, answer in answers.items()}
    return {name: {shape: found[shape][name] for shape in SHAPES} for name in found["one round"]}


def ours(model: Path, row: dict[str, Any]) -> Rendered:
    template, counter = loaded(model)
    (conversation,) = conversations_in(row)
    messages, tools, options, _ = conversation
    try:
        rendered = template.render(messages, tools, options)
    except Refused as refused:
        return {"refused": refused.reason}
    tokens, answers = counter.count(rendered, messages)
    trained = sum(span.end - span.start for span in answers) if rendered.generated else 0
    return {"text": rendered.text, "tokens": tokens, "trained": trained}


@cache
def loaded(model: Path) -> tuple[ChatTemplate, RowCounter]:
    files = read_templates(str(model))
    return ChatTemplate(files, date.today()), RowCounter(files)


def test_the_same_is_rendered_and_the_same_is_refused(
    folder: Path, theirs: dict[str, dict[str, Rendered]]
) -> None:
    assert len(theirs) > 50
    differing = {
        (name, shape): (found, expected)
        for name, by_shape in theirs.items()
        for shape, expected in by_shape.items()
        if (found := ours(folder / "templates" / name, SHAPES[shape])) != expected
    }
    assert not differing


def test_validate_says_which_rows_a_template_refuses(
    folder: Path, theirs: dict[str, dict[str, Rendered]]
) -> None:
    rows = [*SHAPES.values()]
    for name, by_shape in theirs.items():
        model = folder / "templates" / name
        found = validate(rows, target="trl-sft", chat_template=model, select=("FT711",)).findings
        refused = {list(SHAPES)[one.line - 1] for one in found}
        assert refused == {shape for shape in SHAPES if "refused" in by_shape[shape]}, name


def test_no_template_prints_a_refusal(theirs: dict[str, dict[str, Rendered]]) -> None:
    said = SHAPES["refusal"]["messages"][-1]["refusal"]
    assert not [name for name in theirs if said in theirs[name]["refusal"].get("text", "")]
