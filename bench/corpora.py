"""What the speed is measured on: real chats from a folder of data sets where there is one, else generated."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

#: Chats of which every turn has a role and a text, and no more.
TEXTS = (
    "azureml_ft/conversation__train_conversation.jsonl",
    "azureml_ft/data__chat_train.jsonl",
)
#: Chats with tool definitions and calls.
TOOLS = ("openai_cookbook/drone_training.jsonl",)

_FAULTY = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "bot", "content": "Ho"}]}'


def chat_lines(data: Path, names: tuple[str, ...]) -> list[bytes]:
    """Lines of chats, without their ends."""
    found = [data / name for name in names if (data / name).is_file()]
    return [line for file in found for line in file.read_bytes().splitlines()] or list(_made())


def write_lines(path: Path, lines: list[bytes], byte_count: int, *, faulty_each: int = 0) -> None:
    """Writes lines again and again, in another order each time, until there are `byte_count` bytes.

    `faulty_each`: every so many lines one has an unknown role instead.
    """
    order = random.Random(1)  # noqa: S311 - no secret
    number = 0
    with path.open("wb") as out:
        while out.tell() < byte_count:
            for line in order.sample(lines, len(lines)):
                number += 1
                is_faulty = faulty_each and number % faulty_each == 0
                out.write((_FAULTY if is_faulty else line) + b"\n")


def write_table(path: Path, lines: list[bytes], byte_count: int) -> None:
    """Writes the first question and answer of each chat as a CSV of seven columns."""
    turns = (json.loads(line)["messages"] for line in lines)
    texts = [[turn["content"] for turn in some if turn.get("content")][-2:] for some in turns]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "source", "prompt", "completion", "language", "score", "date"])
        for number, pair in enumerate(cycle([pair for pair in texts if len(pair) == 2])):
            if number % 1000 == 0 and out.tell() >= byte_count:
                return
            writer.writerow([number, "bench", *pair, "en", number % 7, "2026-01-01"])


def _made() -> Iterator[bytes]:
    for number in range(2000):
        turns = [{"role": "user", "content": f"Where is box {number}? " * (1 + number % 9)}]
        turns.append(
            {"role": "assistant", "content": f"On shelf {number * 7}. " * (1 + number % 7)}
        )
        yield json.dumps({"messages": turns}).encode()


def write_messages(path: Path, text: str, byte_count: int) -> None:
    """Writes chats whose question is a megabyte of a text repeated."""
    message = "".join(islice(cycle(text), 1_000_000 // len(text.encode()) * len(text)))
    turns = [{"role": "user", "content": message}, {"role": "assistant", "content": "Yes."}]
    line = json.dumps({"messages": turns}, ensure_ascii=False).encode() + b"\n"
    path.write_bytes(line * (byte_count // len(line)))


def prose(lines: list[bytes]) -> str:
    """All that is said in some chats, in one text."""
    rows = (json.loads(line)["messages"] for line in lines)
    return "\n".join(turn["content"] for turn in chain.from_iterable(rows) if turn.get("content"))
