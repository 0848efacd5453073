"""Which files the user means, and what each of them is."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.feather
import pyarrow.parquet
import pytest

from ftdata.errors import UnknownName, UnreadableSource
from ftdata.model import ReadOptions, Source
from ftdata.readers.container_choice import container_of as choose
from ftdata.readers.registry import all_readers, reader_named
from ftdata.readers.sources import find_sources
from tests.shared_data import shared_file

LINE = b'{"text": "Hello"}\n'
LISTS = b'["Hi", "Hello"]\n["Bye", "Goodbye"]\n'
ARRAY = b'[{"text": "Hello"}, {"text": "Bye"}]\n'
SPREAD = b'{\n  "text": "Hello"\n}\n{\n  "text": "Bye"\n}\n'
TABLE = pyarrow.table({"text": ["Hello"]})


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(*paths: Path | str, **options: str) -> list[Source]:
    return find_sources([str(path) for path in paths], ReadOptions(**options))  # type: ignore[arg-type]


def container_of(path: Path, content: bytes) -> str:
    return found(written(path, content))[0].container


def stored(write: object) -> bytes:
    stream = io.BytesIO()
    write(stream)  # type: ignore[operator]
    return stream.getvalue()


def write_stream(stream: io.BytesIO) -> None:
    with pyarrow.ipc.new_stream(stream, TABLE.schema) as writer:
        writer.write_table(TABLE)


def zipped(name: str) -> bytes:
    def write(stream: io.BytesIO) -> None:
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, "<x/>")

    return stored(write)


@pytest.mark.parametrize(
    ("name", "content", "container"),
    [
        ("a.jsonl", LINE, "jsonl"),
        ("a.json", LINE + LINE, "jsonl"),
        ("a.json", ARRAY, "json"),
        ("a.jsonl", ARRAY, "json"),
        ("a.jsonl", json.dumps([{"a": 1}, {"b": [2]}], indent=2).encode(), "json"),
        ("a.json", SPREAD, "json"),
        ("a.jsonl", SPREAD, "json"),
        ("a.json", LINE, "jsonl"),
        ("a.jsonl", LISTS, "jsonl"),
        ("a.json", LISTS, "jsonl"),
        ("a.json", b"[[1, 2],\n[3, 4]\n]\n", "json"),
        ("a.json", b"[ [1, 2],\n[3, 4]]", "json"),
        ("a.json", b'[{"a": 1},\n{"b": 2},\n{"c": 3}]', "json"),
        ("a.json", b'[{"a": 1}\n,{"b": 2}\n,{"c": 3}]', "json"),
        ("a.json", b'{"a":\n"' + b"x" * 9000 + b'"\n}', "json"),
        ("a.json", b"{'a': 1}\n{'b': 2}\n", "jsonl"),
        ("a.json", b"{\n'a': 1\n}\n", "json"),
        ("a.jsonl", b'{"a": 1,\n{"b": 2}\n{"c": 3}\n', "jsonl"),
        ("a.jsonl", b'{"a": "1\n{"b": 2}\n', "jsonl"),
        ("a.jsonl", b'["a",\n["b"]\n["c"]\n', "jsonl"),
        ("a.jsonl", b'{"a": "\\ud800"}\n', "jsonl"),
        ("a.jsonl", b'{"a": NaN}\n{"b": 2}\n', "jsonl"),
        ("a.jsonl", b"\xef\xbb\xbf" + LINE, "jsonl"),
        ("a.jsonl", b"\n \n" + ARRAY, "json"),
        ("a.jsonl", b"rubbish", "jsonl"),
        ("a.json", b"42", "jsonl"),
        ("a.json", b"", "jsonl"),
        ("a.jsonl", b'{"text": "' + b"x" * 300_000 + b'"}', "jsonl"),
        ("a.json", b'["' + b"x" * 300_000 + b'"]', "json"),
        ("a.jsonl", b'["' + b"x" * 250_000 + b'"]\n' + b" " * 20_000 + LISTS, "jsonl"),
        ("a.jsonl", LINE.decode().encode("utf-16"), "jsonl"),
        ("a.jsonl", b"\x89PNG\r\n\x1a\n\0\0", "jsonl"),
        ("a.csv", b"question,answer\nHi,Hello\n", "csv"),
        ("a.tsv", b"question\tanswer\nHi\tHello\n", "csv"),
        ("a.csv", LINE + LINE, "jsonl"),
        ("a.csv", b"", "csv"),
        ("a.txt", b"Once upon a time\n", "text"),
        ("a.md", b"# Title\n", "text"),
        ("a.txt", LINE, "jsonl"),
        ("a.txt", LINE + b"is how a row looks\n", "text"),
        ("noname", LINE + LINE, "jsonl"),
        ("noname", LISTS, "jsonl"),
        ("noname", ARRAY, "json"),
        ("noname", b"", "jsonl"),
        ("a.dat", LINE.decode().encode("utf-16-le"), "jsonl"),
        ("a.parquet", LINE, "jsonl"),
        ("a.parquet", b"rubbish", "parquet"),
        ("a.xlsx", zipped("[Content_Types].xml"), "excel"),
        ("a.dat", zipped("xl/workbook.xml"), "excel"),
        ("a.dat", stored(lambda s: pyarrow.parquet.write_table(TABLE, s)), "parquet"),
        ("a.jsonl", stored(lambda s: pyarrow.parquet.write_table(TABLE, s)), "parquet"),
        ("a.dat", stored(lambda s: pyarrow.feather.write_feather(TABLE, s)), "arrow"),
        ("a.dat", stored(write_stream), "arrow"),
    ],
)
def test_the_content_tells_the_container(
    tmp_path: Path, name: str, content: bytes, container: str
) -> None:
    assert container_of(tmp_path / name, content) == container


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"just some words\n", "cannot tell what it holds; say so with --input-type: "),
        (zipped("word/document.xml"), "it is a zip archive, which cannot be read; known are "),
        (b"\xfd7zXZ\x00....", "it is an xz archive"),
        (bytes(range(32)) * 100, "it is binary data"),
        ("words\n".encode("utf-16"), "cannot tell what it holds"),
    ],
)
def test_what_nothing_tells_is_asked_for(tmp_path: Path, content: bytes, said: str) -> None:
    path = written(tmp_path / "file.unknown", content)
    with pytest.raises(UnreadableSource) as error:
        found(path)
    assert said in str(error.value)
    assert str(error.value).startswith(str(path))
    assert "jsonl" in str(error.value)
    assert found(path, container="text")[0].container == "text"


def test_the_reader_of_a_plug_in_keeps_the_suffix_it_claims() -> None:
    assert choose("a.rows", "plugged-in", LINE, whole=True) == "plugged-in"


def test_a_container_that_does_not_exist_is_a_wrong_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean jsonl"):
        found(written(tmp_path / "a.jsonl", LINE), container="jsnl")


def test_compression_is_told_by_content_and_not_by_suffix(tmp_path: Path) -> None:
    lying = written(tmp_path / "a.jsonl.gz", LINE)
    silent = written(tmp_path / "b.jsonl", gzip.compress(LINE, mtime=0))
    table = written(tmp_path / "c.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0))
    frame = pyarrow.Codec("zstd").compress(ARRAY, asbytes=True)
    skippable = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    array = written(tmp_path / "d", skippable + frame)
    assert [(source.container, source.compression) for source in found(tmp_path)] == [
        ("jsonl", None),
        ("jsonl", "gz"),
        ("csv", "gz"),
    ]
    old = written(tmp_path / "e.md.bz2", bz2.compress(b"# Title\n"))
    assert (found(old)[0].container, found(old)[0].compression) == ("text", "bz2")
    assert found(lying, silent, table, array)[3] == Source(str(array), str(array), "json", "zst", 3)


def test_an_archive_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="damaged gz archive"):
        found(written(tmp_path / "a.jsonl.gz", gzip.compress(LINE, mtime=0)[:10]))


def test_a_folder_gives_its_known_files_in_order_and_no_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/y.JSONL", ".hidden.jsonl", ".git/c.jsonl", "LICENSE"):
        written(tmp_path / name, LINE)
    sources = found(tmp_path)
    assert [Path(source.path).relative_to(tmp_path).as_posix() for source in sources] == [
        "a/y.JSONL",
        "a/z.jsonl",
        "b.jsonl",
    ]
    assert [source.index for source in sources] == [0, 1, 2]
    assert all(source.name == source.path for source in sources)


def test_a_glob_gives_the_known_files_or_else_all_it_matches(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "LICENSE", "below/c.jsonl", "x.rows", "[1].jsonl"):
        written(tmp_path / name, LINE)

    def matches(pattern: str) -> list[str]:
        sources = found(tmp_path / pattern)
        return [Path(source.path).relative_to(tmp_path).as_posix() for source in sources]

    assert matches("*.jsonl") == ["[1].jsonl", "a.jsonl", "b.jsonl"]
    assert matches("*") == ["[1].jsonl", "a.jsonl", "b.jsonl", "below/c.jsonl"]
    assert matches("**/*.jsonl") == ["[1].jsonl", "a.jsonl", "b.jsonl", "below/c.jsonl"]
    assert matches("*.rows") == ["x.rows"]
    assert matches("[1].jsonl") == ["[1].jsonl"], "a file of that name comes first"


def test_a_file_named_twice_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a.jsonl", LINE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE)))
    sources = found("a.jsonl", "./a.jsonl", tmp_path, "-", "-", tmp_path / "*.jsonl")
    assert [(source.name, source.index) for source in sources] == [("a.jsonl", 0), ("<stdin>", 1)]


def test_what_is_missing_is_said_with_near_names(tmp_path: Path) -> None:
    written(tmp_path / "train.jsonl", LINE)
    (tmp_path / "empty").mkdir()
    for path, said in {
        "trian.jsonl": r"no such file or folder; did you mean train\.jsonl\?$",
        "nothing-like-it": "no such file or folder$",
        "nowhere/a.jsonl": "there is no folder .*nowhere$",
        "train.jsonl/a": "there is no folder .*train.jsonl$",
        "*.parquet": "no file matches this pattern$",
        "empty": "the folder holds no file with a known suffix$",
        "x" * 300: "too long",
    }.items():
        with pytest.raises(UnreadableSource, match=said):
            found(tmp_path / path)
    with pytest.raises(UnreadableSource, match="unknown scheme"):
        found("s4://bucket/train.jsonl")


@pytest.mark.parametrize(
    ("content", "container"),
    [(LINE, "jsonl"), (ARRAY, "json"), (gzip.compress(LINE, mtime=0), "jsonl"), (b"", "jsonl")],
)
def test_standard_input_is_told_by_content_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, content: bytes, container: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    [source] = found("-")
    assert source.container == container
    items = [
        item
        for batch in reader_named(container).read(source, ReadOptions())
        for item in batch.items
        if isinstance(item, bytes)
    ]
    assert len(items) == content.count(b"}") if container == "json" else 1


def test_every_reader_has_a_name_of_its_own_and_says_what_it_reads() -> None:
    readers = all_readers()
    assert len({reader.name for reader in readers}) == len(readers)
    suffixes = [suffix for reader in readers for suffix in reader.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    assert all(reader.title for reader in readers)


@pytest.mark.shared_data
def test_real_files_are_what_they_are() -> None:
    told = {
        name: (source.container, source.compression)
        for name in (
            "llamafactory_demos/alpaca_en_demo.json",
            "llamafactory_demos/c4_demo.jsonl",
            "llamafactory_demos/dataset_info.json",
            "human_eval/HumanEval.jsonl.gz",
            "smilechat_zh/smilechat_first_60MB.jsonl.zst",
            "tau_bench/gpt-4o-airline.json",
            "covid_faq/faq_200327.tsv",
            "irc_ubuntu/2004-11-15_03.raw.txt",
        )
        for source in found(shared_file(name))
    }
    assert list(told.values()) == [
        ("json", None),
        ("jsonl", None),
        ("json", None),
        ("jsonl", "gz"),
        ("jsonl", "zst"),
        ("json", None),
        ("csv", None),
        ("text", None),
    ]
