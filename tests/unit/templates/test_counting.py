"""Rendered rows are counted as they are trained on: special tokens once, answers where they stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ftdata.errors import UsageError
from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.counting import Counted, RowCounter
from ftdata.templates.loading import read_templates
from ftdata.templates.traits import traits
from tests.unit.templates.small_model import MARKED, TEMPLATE, make_tokenizer, write_model

CHAT = [
    {"role": "user", "content": "hello"},
    {"role": "assistant", "content": "there"},
    {"role": "user", "content": "hello"},
    {"role": "assistant", "content": "hello world"},
]


def counted(folder: Path, messages: list[dict[str, object]]) -> tuple[str, Counted]:
    files = read_templates(str(folder))
    rendered = ChatTemplate(files, date(2026, 11, 22)).render(messages, None, {})
    return rendered.text, RowCounter(files).count(rendered, messages)


@pytest.mark.parametrize("adds_bos", [False, True])
def test_special_tokens_count_once_each_whatever_the_tokenizer_adds(
    tmp_path: Path, adds_bos: bool
) -> None:
    write_model(tmp_path, adds_bos=adds_bos)
    text, found = counted(tmp_path, CHAT[:2])
    pieces = [make_tokenizer().encode(word).ids for word in ("hello", "there")]
    assert text == "<s><|user|>hello</s><|assistant|>there</s>"
    assert found.tokens == 5 + len(pieces[0]) + len(pieces[1])


@pytest.mark.parametrize(("template", "ends"), [(TEMPLATE, ""), (MARKED, "</s>")])
def test_answers_are_found_by_their_blocks_or_else_by_their_texts(
    tmp_path: Path, template: str, ends: str
) -> None:
    tokenizer = write_model(tmp_path, template)
    text, found = counted(tmp_path, CHAT)
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    spans = [
        tokenizer.decode(ids[one.start : one.end], skip_special_tokens=False)
        for one in found.answers
    ]
    assert spans == [f"there{ends}", f"hello world{ends}"]


def test_an_answer_that_only_calls_is_found(tmp_path: Path) -> None:
    write_model(tmp_path)
    call = {"type": "function", "function": {"name": "world", "arguments": "{}"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    _, found = counted(tmp_path, [CHAT[0], {**message, "content": ""}])
    assert [one.message for one in found.answers] == [1]


def test_lone_surrogates_do_not_stop_the_count(tmp_path: Path) -> None:
    write_model(tmp_path)
    broken = [{"role": "user", "content": "a\ud83d"}, CHAT[1]]
    replaced = [{"role": "user", "content": "a\ufffd"}, CHAT[1]]
    assert counted(tmp_path, broken)[1].tokens == counted(tmp_path, replaced)[1].tokens


@pytest.mark.parametrize("adds_bos", [False, True])
def test_a_first_token_that_is_written_twice_is_said(tmp_path: Path, adds_bos: bool) -> None:
    write_model(tmp_path, adds_bos=adds_bos)
    files = read_templates(str(tmp_path))
    found = traits(ChatTemplate(files, date(2026, 11, 22)), RowCounter(files))
    assert ("two-bos-tokens" in [one.rule for one in found]) is adds_bos


def test_what_cannot_count_is_said(tmp_path: Path) -> None:
    write_model(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(UsageError, match=r"tokenizer\.json"):
        RowCounter(read_templates(str(tmp_path)))
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(UsageError, match=r"no tokenizer\.json"):
        RowCounter(read_templates(str(tmp_path)))
    write_model(tmp_path)
    (tmp_path / "tokenizer_config.json").unlink()
    (tmp_path / "chat_template.jinja").write_text(TEMPLATE)
    with pytest.raises(UsageError, match="special tokens"):
        RowCounter(read_templates(str(tmp_path)))
