"""The commands and the library on a store that speaks S3: the same results as on this machine."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet
import pytest

import ftdata
from ftdata.engines.conversion import ConversionAccounts, OutputRequest, write_conversion
from ftdata.engines.engine import EngineChoice
from ftdata.engines.local import judge_unit
from ftdata.engines.quota import Quota
from ftdata.engines.sharding import conversion_of_sources
from ftdata.engines.units import units_of
from ftdata.engines.validation import validate_sources
from ftdata.errors import UnreadableSource
from ftdata.model import ConvertPlan, ReadOptions, ValidatePlan
from ftdata.readers.sources import find_sources
from tests.storage.s3_server import FORBIDDEN, Store

READING = ReadOptions()
PLAN = ValidatePlan(target="openai-sft", keep=5)
FTDATA = [sys.executable, "-m", "ftdata"]
on_posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


def chats(count: int, *, characters: int = 100) -> bytes:
    """Lines of chat, with a fault in one of ten."""
    lines = []
    for number in range(count):
        text = f"{number} " + "ä" * characters
        turns = [{"role": role, "content": text} for role in ("user", "assistant")]
        line = json.dumps({"messages": turns}, ensure_ascii=False)
        lines.append(line[:-1] if number % 10 == 3 else line)
    return "\n".join(lines).encode() + b"\n"


def zstd(data: bytes) -> bytes:
    packed: bytes = pyarrow.compress(data, "zstd", asbytes=True)
    return packed


@pytest.fixture
def sources(tmp_path: Path, s3: Store, bucket: Any) -> Path:
    """A file of each container and compression; the same files are in the bucket, below `in/`."""
    folder = tmp_path / "in"
    folder.mkdir()
    lines = chats(300)
    rows = [{"question": f"Q{n}", "answer": "A" * (n % 7)} for n in range(300)]
    table = pyarrow.Table.from_pylist(rows)
    for name, content in {
        "a.jsonl": lines,
        "b.jsonl.gz": gzip.compress(lines),
        "c.jsonl.bz2": bz2.compress(lines),
        "d.jsonl.zst": zstd(lines),
        "e.json": json.dumps(rows).encode(),
        "empty.jsonl": b"",
        "latin.csv": b"question,answer\n" + "Käse?,Brötchen\n".encode("latin-1") * 40,
        "sub/chat.txt": b"Q: When?\nA: Now.\n\nQ: Where?\nA: Here.\n",
        ".hidden.jsonl": lines,
        "notes.unknown": b"?",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    pyarrow.csv.write_csv(table, folder / "f.csv")
    pyarrow.parquet.write_table(table, folder / "g.parquet", row_group_size=100)
    pyarrow.feather.write_feather(table, folder / "h.feather")
    with pyarrow.ipc.new_stream(str(folder / "i.arrow"), table.schema) as writer:
        writer.write_table(table, max_chunksize=50)
    bucket.put(f"{folder}/", "bucket/in/", recursive=True)
    s3.asked.clear()
    return folder


def told(path: str, **options: Any) -> str:
    """All that `validate` finds, with the place of the files left out."""
    result = ftdata.validate(path, target="openai-sft", **options)
    place = path.rstrip("*")
    return json.dumps(result.to_json(), ensure_ascii=False).replace(place.rstrip("/"), "")


def test_a_folder_is_judged_as_its_copy_on_this_machine(sources: Path) -> None:
    expected = told(str(sources))
    assert '"files": 12' in expected
    assert told("s3://bucket/in") == told("s3://bucket/in/") == expected
    assert [source.name for source in find_sources(["s3://bucket/in/*.csv"], READING)] == [
        "s3://bucket/in/f.csv",
        "s3://bucket/in/latin.csv",
    ]
    assert len(find_sources(["s3://bucket/in/*", "s3://bucket/in/a.jsonl"], READING)) == 12
    assert len(find_sources(["s3://bucket/**/[a-d].jsonl*"], READING)) == 4


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zst"])
def test_what_is_converted_there_is_what_is_converted_here(
    sources: Path, tmp_path: Path, bucket: Any, suffix: str
) -> None:
    names = ["a.jsonl", "b.jsonl.gz", "f.csv", "g.parquet", "h.feather", "i.arrow", "latin.csv"]
    for name in names if suffix == "" else names[:1]:
        here, there = tmp_path / f"out.jsonl{suffix}", f"s3://bucket/out/out.jsonl{suffix}"
        results = [
            ftdata.convert(source, to="openai-sft", output=output)
            for source, output in ((sources / name, here), (f"s3://bucket/in/{name}", there))
        ]
        assert results[0].accounts.rows_read == results[1].accounts.rows_read > 0
        assert bucket.cat_file(there) == here.read_bytes()
        rejected = here.with_name("out.rejects.jsonl")
        if rejected.exists():
            written = bucket.cat_file("bucket/out/out.rejects.jsonl").decode()
            assert written.replace("s3://bucket/in", str(sources)) == rejected.read_text()
        rejected.unlink(missing_ok=True)
        assert bucket.exists("bucket/out/out.rejects.jsonl") == (name != "latin.csv")


def test_splits_and_samples_are_the_same_and_old_rejects_go(
    sources: Path, tmp_path: Path, bucket: Any
) -> None:
    bucket.pipe_file("bucket/out/x.rejects.jsonl", b"of an earlier run")
    for place, output in (
        (str(sources / "latin.csv"), str(tmp_path / "x.jsonl.gz")),
        ("s3://bucket/in/latin.csv", "s3://bucket/out/x.jsonl.gz"),
    ):
        ftdata.convert(place, to="openai-sft", output=output, split=0.7, sample=20)
    names = ["x.train.jsonl.gz", "x.validation.jsonl.gz"]
    assert bucket.ls("bucket/out", detail=False) == [f"bucket/out/{name}" for name in names]
    for name in names:
        assert bucket.cat_file(f"bucket/out/{name}") == (tmp_path / name).read_bytes()


def test_an_estimate_is_the_same(sources: Path) -> None:
    here, there = (
        ftdata.estimate(f"{place}/a.jsonl", target="openai-sft", models=["gpt-4.1-mini"])
        for place in (sources, "s3://bucket/in")
    )
    assert here.quotes == there.quotes
    assert here.quotes


def test_a_unit_is_one_request(s3: Store, bucket: Any, tmp_path: Path) -> None:
    content = chats(4000)
    (tmp_path / "a.jsonl").write_bytes(content)
    bucket.pipe_file("bucket/a.jsonl", content)
    near, far = (
        find_sources([path], READING)[0]
        for path in (str(tmp_path / "a.jsonl"), "s3://bucket/a.jsonl")
    )
    s3.asked.clear()
    units = list(units_of(far, 300_000))
    assert len(units) > 4
    assert s3.asked == []  # the size is known since the file was found
    for unit, same_here in zip(units, units_of(near, 300_000), strict=True):
        s3.asked.clear()
        judged = judge_unit(PLAN, READING, unit)
        assert judged.line_count == judge_unit(PLAN, READING, same_here).line_count
        assert len(s3.asked) == 1
        asked = s3.asked_for("GET", "/bucket/a.jsonl")[0].byte_range
        assert asked is not None
        assert asked[0] == max(unit.start - 1, 0)
        assert unit.end is None or asked[1] - unit.end <= 66_000


def test_a_line_over_many_units_is_read_once_and_whole(
    s3: Store, bucket: Any, tmp_path: Path
) -> None:
    content = chats(20) + chats(1, characters=500_000) + chats(20)
    (tmp_path / "a.jsonl").write_bytes(content)
    bucket.pipe_file("bucket/a.jsonl", content)
    sources = [
        find_sources([path], READING) for path in (str(tmp_path / "a.jsonl"), "s3://bucket/a.jsonl")
    ]
    s3.asked.clear()
    for unit, same_here in zip(*(units_of(found[0], 50_000) for found in sources), strict=True):
        assert judge_unit(PLAN, READING, unit).line_count == (
            judge_unit(PLAN, READING, same_here).line_count
        )
    ranges = [one.byte_range or (0, 0) for one in s3.asked_for("GET", "/bucket/a.jsonl")]
    assert sum(last - first + 1 for first, last in ranges) < 8 * len(content)


def test_finding_a_file_takes_three_requests(s3: Store, bucket: Any) -> None:
    bucket.pipe_file("bucket/a.jsonl", chats(50_000))
    s3.asked.clear()
    find_sources(["s3://bucket/a.jsonl"], READING)
    assert [one.method for one in s3.asked] == ["HEAD", "HEAD", "GET"]
    assert s3.asked[-1].byte_range == (0, 1024 * 1024 - 1)


def test_several_processes_give_what_one_gives(bucket: Any) -> None:
    bucket.pipe_file("bucket/in/a.jsonl", chats(2000))
    bucket.pipe_file("bucket/in/b.jsonl.gz", gzip.compress(chats(100)))
    sources = find_sources(["s3://bucket/in"], READING)
    options: Any = {"unit_bytes": 100_000, "least_bytes": 0}
    choices = [EngineChoice(workers=workers) for workers in (1, 2)]
    reports = [
        validate_sources(PLAN, sources, READING, choice=choice, **options).to_json()
        for choice in choices
    ]
    assert reports[0] == reports[1]
    plan = ConvertPlan(target="openai-sft")
    for choice in choices:
        output = f"s3://bucket/out/{choice.workers}.jsonl"
        accounts = ConversionAccounts()
        with conversion_of_sources(
            plan, sources, READING, Quota(), output=output, choice=choice, **options
        ) as convert_one:
            parts = (part for source in sources for part in convert_one(source)[1])
            write_conversion(parts, OutputRequest(output), accounts)
        assert accounts.written == 1890
        assert accounts.rejected == 210
    for name in ("{}.jsonl", "{}.rejects.jsonl"):
        one, two = (bucket.cat_file(f"bucket/out/{name.format(workers)}") for workers in "12")
        assert one == two


def test_a_run_that_fails_leaves_the_old_object_and_no_upload(
    s3: Store, bucket: Any, tmp_path: Path
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(chats(600, characters=10_000))
    bucket.pipe_file("bucket/out.jsonl", b"old")
    good, bad = f"{source}", "s3://bucket/none.jsonl"
    with pytest.raises(UnreadableSource, match="no such file"):
        ftdata.convert([good, bad], to="openai-sft", output="s3://bucket/out.jsonl")
    cut = tmp_path / "b.parquet"
    cut.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    with pytest.raises(UnreadableSource, match="Parquet"):
        ftdata.convert([good, str(cut)], to="openai-sft", output="s3://bucket/out.jsonl")
    assert s3.asked_for("POST", "/bucket/out.jsonl")  # an upload was begun
    assert s3.asked_for("DELETE", "/bucket/out.jsonl")  # and given up
    assert bucket.find("bucket") == ["bucket/out.jsonl"]
    assert bucket.cat_file("bucket/out.jsonl") == b"old"
    assert bucket.list_multipart_uploads("bucket") == []


@on_posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_run_that_is_ended_leaves_no_object(
    s3: Store, bucket: Any, number: signal.Signals
) -> None:
    code = (
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from ftdata.commands.main import main\nmain()"
    )
    arguments = ["convert", "-", "--to", "openai-sft", "-o", "s3://bucket/out.jsonl"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(chats(600, characters=10_000))
        process.stdin.flush()
        end = time.monotonic() + 30
        while not s3.asked_for("PUT", "/bucket/out.jsonl"):  # a part has come
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(number)
        if number == signal.SIGINT:
            _, said = process.communicate(timeout=30)
            assert process.returncode == 130
            assert b"interrupted" in said
            assert bucket.list_multipart_uploads("bucket") == []
        process.kill()
    assert bucket.find("bucket") == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("s3://bucket/none.jsonl", "there is no such file or folder$"),
        ("s3://bucket/none/*.jsonl", "no file matches this pattern$"),
        (
            "s3://no-such-bucket/a.jsonl",
            r"it is not there \(The specified bucket does not exist\)$",
        ),
        (f"s3://{FORBIDDEN}/a.jsonl", r"cannot be read: access is denied \(Forbidden\)$"),
        ("s3://", "cannot be listed: "),
    ],
)
@pytest.mark.usefixtures("s3")
def test_what_cannot_be_read_is_said_in_one_sentence(path: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said) as error:
        ftdata.validate(path)
    assert error.value.source == path


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("s3://no-such-bucket/a.jsonl", "cannot be written: it is not there"),
        (f"s3://{FORBIDDEN}/a.jsonl", "cannot be written: access is denied"),
        ("http://127.0.0.1:9/a.jsonl", "cannot be written: a web address can only be read"),
    ],
)
@pytest.mark.usefixtures("s3")
def test_what_cannot_be_written_is_said_in_one_sentence(path: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        ftdata.convert([{"question": "a", "answer": "b"}], output=path)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": None}, "there are no credentials that can be used"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "the store cannot be reached"),
    ],
    ids=["no credentials", "no server"],
)
@pytest.mark.usefixtures("s3")
def test_the_command_says_what_is_wrong_with_the_store(
    changed: dict[str, str | None], said: str, tmp_path: Path
) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), **changed}
    kept = {name: value for name, value in environment.items() if value is not None}
    done = subprocess.run(
        [*FTDATA, "validate", "s3://bucket/a.jsonl"], env=kept, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret-of" not in done.stderr


def test_a_web_address_is_read_by_ranges_too(s3: Store, bucket: Any, tmp_path: Path) -> None:
    content = chats(6000)
    (tmp_path / "a.jsonl").write_bytes(content)
    bucket.pipe_file("bucket/a.jsonl", content)
    bucket.chmod("bucket/a.jsonl", "public-read")
    s3.asked.clear()
    assert told(f"{s3.url}/bucket/a.jsonl") == told(str(tmp_path / "a.jsonl"))
    assert all(one.byte_range for one in s3.asked_for("GET", "/bucket/a.jsonl"))
    with pytest.raises(UnreadableSource, match="no such file"):
        told(f"{s3.url}/bucket/none.jsonl")
    with pytest.raises(UnreadableSource, match="cannot be reached"):
        told("http://127.0.0.1:9/a.jsonl")
