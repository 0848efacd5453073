"""What the matrix over all targets costs, as a ratio to one target on the same lines.

    python bench/matrix.py --data FOLDER --megabytes 40

The lines are the first of each kind in the folder of real data, repeated. Both commands run in processes of
their own, interleaved, several times; the medians of their CPU seconds are shown.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpora import TEXTS, TOOLS, chat_lines, write_lines
from measuring import medians

#: Each kind of lines, and the target that takes them.
_KINDS = {
    "texts": "openai-sft",
    "tools": "openai-sft",
    "agents": "openai-sft",
    "pairs": "openai-dpo",
    "prompts": "trl-prompt-completion",
}


#: Runs of agents, each with its turns in `traj`.
_AGENTS = "tau_bench/gpt-4o-airline.json"


def rows_of(kind: str, data: Path) -> Iterable[bytes]:
    """Lines of one kind, made of chats; "agents" are runs of dozens of turns with calls and answers."""
    if kind == "agents":
        for run in json.loads((data / _AGENTS).read_bytes()):
            yield json.dumps({"messages": run["traj"]}).encode()
        return
    if kind in ("texts", "tools"):
        yield from chat_lines(data, TOOLS if kind == "tools" else TEXTS)
        return
    for line in chat_lines(data, TEXTS):
        *prompt, answer = json.loads(line)["messages"]
        other = {**answer, "content": answer["content"][::-1]}
        row: Any = {
            "input": {"messages": prompt},
            "preferred_output": [answer],
            "non_preferred_output": [other],
        }
        if kind == "prompts":
            texts = "\n".join(turn["content"] for turn in prompt)
            row = {"prompt": texts, "completion": answer["content"]}
        yield json.dumps(row, ensure_ascii=False).encode()


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| lines | one target | CPU s | all targets, CPU s | all / one |")
    print("|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, target in _KINDS.items():
            lines = folder / f"{kind}.jsonl"
            some = [*itertools.islice(rows_of(kind, options.data), 20_000)]
            write_lines(lines, some, options.megabytes * 10**6)
            command = [
                sys.executable,
                "-m",
                "ftdata",
                "validate",
                "-q",
                "--workers",
                "1",
                str(lines),
            ]
            commands = {
                one: [*command, "--max-findings", "1", "--target", one] for one in (target, "all")
            }
            middle = medians(commands, folder, options.rounds)
            one, everything = (middle[name].cpu_seconds for name in (target, "all"))
            print(
                f"| {options.megabytes} MB, {kind} | {target} | {one:.2f} | {everything:.2f} "
                f"| {everything / one:.2f} |"
            )


if __name__ == "__main__":
    main()
