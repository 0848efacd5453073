"""The files of a model, in all the ways in which they hold a chat template."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ftdata.errors import UnreadableSource, UsageError
from ftdata.templates.loading import read_templates


def write(folder: Path, **files: object) -> str:
    for name, content in files.items():
        path = folder / name.replace("__", ".").replace("_slash_", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(folder)


def test_a_configuration_holds_a_text_or_named_texts(tmp_path: Path) -> None:
    tokens = {"bos_token": {"content": "<s>"}, "eos_token": "</s>", "pad_token": None}
    folder = write(tmp_path, tokenizer_config__json={"chat_template": "A", **tokens})
    found = read_templates(folder)
    assert found.sources == {"default": "A"}
    assert found.special_tokens == {"bos_token": "<s>", "eos_token": "</s>"}
    named = [{"name": "default", "template": "D"}, {"name": "tool_use", "template": "T"}]
    write(tmp_path, tokenizer_config__json={"chat_template": named})
    found = read_templates(folder)
    assert found.sources == {"default": "D", "tool_use": "T"}
    assert (found.source_for([]), found.source_for(None)) == ("tool_use", "default")


def test_files_of_jinja_stand_over_the_configuration(tmp_path: Path) -> None:
    folder = write(tmp_path, chat_template__json={"chat_template": "L"})
    assert read_templates(folder).sources == {"default": "L"}
    write(tmp_path, tokenizer_config__json={"chat_template": "A"})
    assert read_templates(folder).sources == {"default": "A"}
    write(tmp_path, chat_template__jinja="J", additional_chat_templates_slash_rag__jinja="R")
    assert read_templates(folder).sources == {"default": "J", "rag": "R"}


def test_a_file_is_taken_alone_with_the_tokens_beside_it(tmp_path: Path) -> None:
    write(
        tmp_path, tokenizer_config__json={"chat_template": "A", "eos_token": "E"}, mine__jinja="M"
    )
    found = read_templates(str(tmp_path / "mine.jinja"))
    assert found.sources == {"default": "M"}
    assert found.special_tokens == {"eos_token": "E"}
    assert found.is_named
    assert read_templates(str(tmp_path / "tokenizer_config.json")).sources == {"default": "A"}


def test_special_tokens_that_nothing_names_are_stood_in_for(tmp_path: Path) -> None:
    write(tmp_path, mine__jinja="M")
    found = read_templates(str(tmp_path / "mine.jinja"))
    assert not found.is_named
    assert found.special_tokens["eos_token"]


def test_the_digest_tells_any_change(tmp_path: Path) -> None:
    folder = write(tmp_path, chat_template__jinja="J")
    digests = {read_templates(folder).digest}
    for change in (
        {"chat_template__jinja": "K"},
        {"tokenizer_config__json": {"eos_token": "E"}},
        {"tokenizer__json": "{}"},
    ):
        write(tmp_path, **change)
        digests.add(read_templates(folder).digest)
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no chat template"),
        ({"tokenizer_config__json": {"chat_template": [{"name": "rag"}]}}, "no chat template"),
        ({"tokenizer_config__json": {"chat_template": {"rag": "R"}}}, "no chat template but rag"),
        ({"tokenizer_config__json": "{"}, "not JSON"),
        ({"tokenizer_config__json": "[" * 9999}, "not JSON"),
        ({"tokenizer_config__json": "[]"}, "not a JSON object"),
        ({"chat_template__jinja": "x" * (2 << 20)}, "larger than 1 MiB"),
    ],
)
def test_what_holds_no_template_is_said(
    files: dict[str, object], reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=reason):
        read_templates(write(tmp_path, **files))


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="absent"):
        read_templates(str(tmp_path / "absent"))
