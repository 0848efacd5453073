"""`ftdata convert -o FOLDER/`: what is said, and what a run does that finds the rest of a killed one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Ftdata

FTDATA = [sys.executable, "-m", "ftdata"]
TURNS = [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "word " * 400}]
LINE = json.dumps({"messages": TURNS})


def test_a_rerun_says_that_nothing_was_to_do(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{LINE}\n{LINE[:-5]}\n{LINE}\n")
    first = ftdata("convert", "in.jsonl", "--to", "openai-sft", "-o", "out/")
    assert first.code == 1
    assert "out/: 2 lines written\n1 shard written\n" in first.err
    assert "out.rejects.jsonl: 1 rejected row with their values" in first.err
    again = ftdata(
        "convert", "in.jsonl", "--to", "openai-sft", "-o", "out"
    )  # it is a folder by now
    assert again.code == 1
    assert "1 shard, all complete before: nothing was written anew" in again.err
    assert json.loads((tmp_path / "out.manifest.json").read_text())["rows"]["read"] == 3
    assert first.out == again.out == ""


def test_wrong_use_is_said(ftdata: Ftdata, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{LINE}\n")
    for option in (["--sample", "3"], ["--split", "0.5"], ["--limit", "1"]):
        outcome = ftdata("convert", "in.jsonl", "-o", "out/", *option)
        assert outcome.code == 2
        assert "convert to one file" in outcome.err
    outcome = ftdata("convert", "in.jsonl", "-o", ".")
    assert outcome.code == 2
    assert "lies in the folder" in outcome.err
    outcome = ftdata("convert", "-", "-o", "out/", stdin=LINE.encode())
    assert outcome.code == 2
    assert "cannot be read again" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_a_killed_run_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    hundred = f"{LINE}\n" * 99 + LINE[:-3] + "\n"
    path.write_text(hundred * (200_000_000 // len(hundred) + 1))
    folder = tmp_path / "out"
    command = [*FTDATA, "convert", str(path), "--workers", "2", "-o", f"{folder}/"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 60
    while len(list(folder.glob(".part-*.json"))) < 4:
        assert time.monotonic() < end
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not folder.with_name("out.manifest.json").exists()
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 1
    manifest = json.loads(folder.with_name("out.manifest.json").read_text())
    kept = int(again.stderr.partition(" shards, ")[2].partition(" complete before")[0])
    assert 4 <= kept < len(manifest["shards"])
    one = tmp_path / "one.jsonl"
    subprocess.run([*FTDATA, "convert", str(path), "--workers", "1", "-q", "-o", str(one)])
    shards = sorted(folder.glob("part-*"))
    assert b"".join(shard.read_bytes() for shard in shards) == one.read_bytes()
    rejects = [tmp_path / f"{name}.rejects.jsonl" for name in ("out", "one")]
    assert rejects[0].read_bytes() == rejects[1].read_bytes()
    assert not [found for found in folder.iterdir() if found.suffix == ".part"]
