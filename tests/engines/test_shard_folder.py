"""A folder of shards holds what one file would, and a rerun writes only what is missing or spoiled."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.engines.test_parallel import READING, Run, chat

from ftdata.engines.conversion import ConversionAccounts
from ftdata.engines.engine import EngineChoice
from ftdata.engines.folder_conversion import convert_to_folder
from ftdata.engines.shard_folder import ShardFolder, is_folder
from ftdata.engines.units import UNIT_BYTES, count_units, shard_bytes_for
from ftdata.errors import UndecidedLayout, UsageError
from ftdata.model import ConvertPlan, Source
from ftdata.readers.sources import find_sources
from ftdata.resources import load_schema

PLAN = ConvertPlan("openai-sft")


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    """JSON lines with faults, a table, a file of faults only, and one that ends at its first line."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes("".join(map(chat, range(1, 300))).encode() + b'{"messages": [')
    (folder / "b.csv").write_text("question,answer\n" + "".join(f"Q{n},\n" for n in range(9)))
    (folder / "c.jsonl").write_text("".join(map(chat, range(1, 90))), encoding="utf-16")
    (folder / "d.jsonl").write_text("".join(map(chat, range(1, 90))))
    return find_sources([str(folder)], READING)


class Folder:
    """The output of a conversion to `out`, beside which the rejects and the manifest lie."""

    def __init__(self, place: Path) -> None:
        self.path = place / "out"

    def write(
        self, sources: list[Source], plan: ConvertPlan = PLAN, **options: Any
    ) -> ConversionAccounts:
        accounts = ConversionAccounts()
        choice = EngineChoice(options.pop("engine", "local"), options.pop("workers", 1))
        convert_to_folder(
            plan,
            sources,
            READING,
            f"{self.path}/",
            accounts,
            choice=choice,
            **{"unit_bytes": 1000, "least_bytes": 0, **options},
        )
        return accounts

    @property
    def shards(self) -> list[Path]:
        return sorted(self.path.glob("part-*"))

    @property
    def lines(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.shards)

    @property
    def rejects(self) -> bytes:
        return self.path.with_name("out.rejects.jsonl").read_bytes()

    @property
    def manifest(self) -> Any:
        return json.loads(self.path.with_name("out.manifest.json").read_text())

    def state(self) -> dict[str, tuple[int, bytes]]:
        files = [*self.path.parent.glob("out*"), *self.path.iterdir()]
        return {
            path.name: (path.stat().st_mtime_ns, path.read_bytes())
            for path in files
            if path.is_file()
        }


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def one(sources: list[Source], tmp_path: Path) -> Path:
    """The same in one file."""
    Run(sources, tmp_path / "one")
    return tmp_path / "one" / "out.jsonl"


@pytest.mark.parametrize("workers", [1, 3])
def test_the_shards_are_the_file_in_pieces(
    sources: list[Source], folder: Folder, one: Path, workers: int
) -> None:
    accounts = folder.write(sources, workers=workers)
    assert folder.lines == one.read_bytes()
    assert folder.rejects == one.with_name("out.rejects.jsonl").read_bytes()
    assert (accounts.shards, accounts.shards_kept) == (len(folder.shards), 0)
    assert len(folder.shards) > 20
    visible = [path.name for path in folder.path.iterdir() if not path.name.startswith(".")]
    assert sorted(visible) == [f"part-{n:05d}.jsonl" for n in range(len(visible))]
    layouts = {Path(name).name: layout for name, layout in accounts.layouts.items()}
    assert layouts == {
        "a.jsonl": "chat",
        "b.csv": "question-answer",
        "c.jsonl": None,
        "d.jsonl": "chat",
    }


def test_the_manifest_fits_its_schema_and_the_files(sources: list[Source], folder: Folder) -> None:
    accounts = folder.write(sources)
    manifest = folder.manifest
    jsonschema.Draft202012Validator(load_schema("output/manifest.json")).validate(manifest)
    rows = manifest["rows"]
    assert rows["read"] == rows["written"] + rows["rejected"] + rows["dropped"]
    assert rows["read"] == accounts.rows_read
    assert manifest["rejects"]["rows"] == rows["rejected"] == folder.rejects.count(b"\n")
    assert [shard["file"] for shard in manifest["shards"]] == [path.name for path in folder.shards]
    for shard, path in zip(manifest["shards"], folder.shards, strict=True):
        text = path.read_bytes()
        assert (shard["bytes"], shard["rows"]) == (len(text), text.count(b"\n"))
    assert [source["name"] for source in manifest["sources"]] == [each.name for each in sources]


def test_a_run_that_is_complete_writes_nothing_anew(sources: list[Source], folder: Folder) -> None:
    first = folder.write(sources)
    before = folder.state()
    again = folder.write(sources, workers=2)
    assert again.shards_kept == again.shards == first.shards
    after = folder.state()
    assert {name: text for name, (_, text) in after.items()} == {
        name: text for name, (_, text) in before.items()
    }
    rewritten = {name for name, (time, _) in after.items() if time != before[name][0]}
    assert rewritten == {".ftdata-run", "out.manifest.json", "out.rejects.jsonl"}
    again.shards_kept = 0
    assert again == first


@pytest.mark.parametrize("spoil", ["tampered", "gone", "rejects", "record", "no JSON"])
def test_what_is_spoiled_is_written_anew(
    sources: list[Source], folder: Folder, one: Path, spoil: str
) -> None:
    folder.write(sources)
    state = {name: text for name, (_, text) in folder.state().items()}
    with_rejects = next(iter(sorted(folder.path.glob(".part-*.rejects.jsonl"))))
    number = with_rejects.name.partition(".rejects")[0].removeprefix(".")
    shard = folder.path / f"{number}.jsonl"
    match spoil:
        case "tampered":
            shard.write_bytes(shard.read_bytes().replace(b"Q", b"X", 1))
        case "gone":
            shard.unlink()
        case "rejects":
            with_rejects.write_bytes(b"")
        case "record":
            (folder.path / f".{number}.json").unlink()
        case "no JSON":
            (folder.path / f".{number}.json").write_text("{")
    again = folder.write(sources)
    assert again.shards_kept == again.shards - 1
    assert {name: text for name, (_, text) in folder.state().items()} == state
    assert folder.lines == one.read_bytes()


def test_another_plan_another_input_and_other_units_begin_anew(
    sources: list[Source], folder: Folder
) -> None:
    folder.write(sources)
    dropping = ConvertPlan("openai-sft", on_empty="drop")
    assert folder.write(sources, dropping).shards_kept == 0
    assert folder.write(sources, dropping).shards_kept > 0
    path = Path(sources[0].path)
    time = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(time, time))
    assert folder.write(sources, dropping).shards_kept == 0
    few = folder.write(sources, dropping, unit_bytes=5000)
    assert few.shards_kept == 0
    assert len(folder.shards) == few.shards
    table = find_sources([sources[1].path], READING)
    assert folder.write(table, dropping).shards == 1
    assert [path.name for path in folder.shards] == ["part-00000.jsonl"]
    assert not folder.path.with_name("out.rejects.jsonl").exists()
    assert folder.manifest["rejects"] is None


def test_a_run_that_was_stopped_goes_on_where_it_was(
    sources: list[Source], folder: Folder, one: Path
) -> None:
    done: list[int] = []

    def stop(*_: object) -> None:
        done.append(1)
        if len(done) == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.write(sources, progress=stop)
    assert not folder.path.with_name("out.manifest.json").exists()
    (folder.path / "..part-00003.rejects.jsonl.123.part").touch()  # of a process that was killed
    accounts = folder.write(sources)
    assert accounts.shards_kept == 7
    assert folder.lines == one.read_bytes()
    assert list(folder.path.glob("*.part")) == []


def test_files_of_others_are_not_touched(sources: list[Source], folder: Folder) -> None:
    folder.path.mkdir()
    (folder.path / "part-00000.jsonl").write_text("theirs")
    with pytest.raises(UsageError, match=r"holds part-00000\.jsonl, which is no shard of ftdata"):
        folder.write(sources)
    assert (folder.path / "part-00000.jsonl").read_text() == "theirs"
    inputs = Folder(Path(sources[0].path).parent)
    inputs.path = Path(sources[0].path).parent
    with pytest.raises(UsageError, match="lies in the folder that is to be written"):
        inputs.write(sources)


def test_workers_that_are_stopped_leave_no_half_shard(
    sources: list[Source], folder: Folder
) -> None:
    def stop(*_: object) -> None:
        (folder.path / ".part-00009.jsonl.123.part").write_bytes(
            b"{"
        )  # as of a worker that is killed
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.write(sources, workers=2, progress=stop)
    assert list(folder.path.glob(".*.part")) == []


def test_rejects_do_not_take_the_place_of_anything_else(
    sources: list[Source], folder: Folder
) -> None:
    for name in ("out/part-00000.jsonl", "out/../out/rejects.jsonl", "out.manifest.json"):
        with pytest.raises(UsageError, match="is a place of the shards and their manifest"):
            folder.write(sources, rejects=str(folder.path.parent / name))
    assert not folder.path.exists()


def test_a_file_is_no_folder(sources: list[Source], folder: Folder) -> None:
    folder.path.write_text("theirs")
    with pytest.raises(UsageError, match="out/ is no folder: there is a file of this name"):
        folder.write(sources)
    assert folder.path.read_text() == "theirs"


def test_what_cannot_be_converted_is_said_and_leaves_no_manifest(
    tmp_path: Path, folder: Folder
) -> None:
    (tmp_path / "x.jsonl").write_text('{"x": 1}\n' * 300)
    with pytest.raises(UndecidedLayout):
        folder.write(find_sources([str(tmp_path / "x.jsonl")], READING))
    assert not folder.path.with_name("out.manifest.json").exists()
    with pytest.raises(UsageError, match="<stdin> cannot be read again"):
        folder.write([Source("<stdin>", "-", "jsonl")])


def test_much_data_goes_into_larger_shards_and_not_into_ever_more(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jsonl"
    path.touch()
    source = Source("a", str(path), "jsonl")
    assert shard_bytes_for([source]) == UNIT_BYTES
    os.truncate(path, 100 << 30)  # no byte of it is on the disk
    size = shard_bytes_for([source])
    assert UNIT_BYTES < size < 256 << 20
    assert count_units([source], size) == 1024
    assert shard_bytes_for([source] * 100) == 256 << 20


def test_numbers_of_shards_sort_as_text() -> None:
    few, many = (ShardFolder("out/", "", (0, count)) for count in (3, 100_001))
    assert few.file_at(2) == "part-00002.jsonl"
    assert many.file_at(2) == "part-000002.jsonl"
    assert many.file_at(100_000) == "part-100000.jsonl"


def test_paths_beside_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path, manifest in (
        ("out/", "out.manifest.json"),
        ("a/out//", "a/out.manifest.json"),
        ("./", f"{tmp_path}.manifest.json"),
        ("s3://bucket/a/out/", "s3://bucket/a/out.manifest.json"),
    ):
        assert ShardFolder(path, "", (0, 1)).beside("manifest.json") == manifest
    assert [is_folder(path) for path in ("out/", ".", "-", "out", "s3://b/out", "s3://b/o/")] == [
        True,
        True,
        False,
        False,
        False,
        True,
    ]
    with pytest.raises(UsageError, match="is no folder; name one in it"):
        ShardFolder.of("s3://bucket/", "", [], 1)


def test_a_folder_behind_a_uri(sources: list[Source], one: Path) -> None:
    import fsspec

    for kept in (False, True):
        accounts = ConversionAccounts()
        convert_to_folder(PLAN, sources, READING, "memory://shards/out/", accounts, unit_bytes=1000)
        assert accounts.shards_kept == (accounts.shards if kept else 0)
    files = fsspec.filesystem("memory")
    assert (
        b"".join(map(files.cat_file, sorted(files.glob("/shards/out/part-*")))) == one.read_bytes()
    )
    assert len(json.loads(files.cat_file("/shards/out.manifest.json"))["shards"]) == accounts.shards
    files.rm("/shards", recursive=True)
