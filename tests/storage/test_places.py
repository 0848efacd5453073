"""The same can be done in every place, by paths and by URIs."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ftdata
from ftdata.errors import MissingExtra, UnreadableSource
from ftdata.model import ReadOptions
from ftdata.readers.sources import find_sources
from ftdata.storage import places
from ftdata.storage.output import atomic_output, folder_beside

LINE = b'{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n'


@pytest.fixture(params=["path", "file://", "memory://", "s3://"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder to write in, in every kind of place."""
    if request.param == "memory://":
        request.getfixturevalue("memory")
        return "memory://root"
    if request.param == "s3://":
        request.getfixturevalue("s3")
        return "s3://bucket/root"
    return tmp_path.as_uri() if request.param == "file://" else str(tmp_path)


def put(path: str, content: bytes = LINE) -> None:
    with atomic_output(path) as stream:
        stream.write(content)


def test_what_is_written_is_found_measured_read_and_removed(root: str) -> None:
    path = places.inside(root, "a.jsonl")
    assert places.kind_of(path) is None
    assert places.state_of(path) is None
    assert places.names_in(places.inside(root, "none")) == []
    put(path)
    put(places.inside(root, "sub/b.jsonl"), LINE * 2)
    put(places.inside(root, ".c.jsonl"))
    assert places.kind_of(path) == "file"
    assert places.kind_of(root) == "folder"
    assert places.byte_count_of(path) == len(LINE)
    assert not places.is_pipe(path)
    assert places.names_in(root) == [".c.jsonl", "a.jsonl"]
    assert [source.path for source in find_sources([root], ReadOptions())] == [
        path,
        places.inside(root, "sub/b.jsonl"),
    ]
    assert places.matches(places.inside(root, "*.jsonl")) == [path]
    assert places.matches(places.inside(root, "s*")) == [places.inside(root, "sub/b.jsonl")]
    with places.open_raw(path, start=3) as stream:
        assert stream.read() == LINE[3:]
    before = places.state_of(path)
    put(path, LINE * 3)
    assert places.state_of(path) != before
    with places.open_raw(path) as stream:
        assert stream.read() == LINE * 3
    places.remove(path)
    places.remove(path)
    assert places.names_in(root) == [".c.jsonl"]
    with pytest.raises(UnreadableSource, match="no such file"):
        find_sources([path], ReadOptions())


def test_a_file_appears_when_it_is_whole_and_stays_as_it_was_when_not(root: str) -> None:
    path = places.inside(root, "a.jsonl.gz")
    put(path, LINE)

    def fail() -> None:
        with atomic_output(path) as stream:
            stream.write(bytes(100))
            seen = [name for name in places.names_in(root) if not name.startswith(".")]
            assert seen == ["a.jsonl.gz"]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert places.names_in(root) == ["a.jsonl.gz"]
    with places.open_raw(path) as stream:
        assert gzip.decompress(stream.read()) == LINE


def test_temporary_files_of_a_remote_output_lie_on_this_machine(root: str) -> None:
    with folder_beside(places.inside(root, "a.jsonl")) as folder:
        folder.joinpath("shard").write_bytes(b"1")
        assert places.names_in(root) == []
    assert not folder.exists()


def test_a_conversion_reads_and_writes_there_and_gives_its_names(root: str) -> None:
    put(places.inside(root, "in.csv"), b"question,answer\nHi,Hello\nHo,\n")
    output = places.inside(root, "out.jsonl")
    result = ftdata.convert(places.inside(root, "in.csv"), to="openai-sft", output=output)
    assert result.accounts.outputs == {output: 1}
    assert result.accounts.rejects_path == places.inside(root, "out.rejects.jsonl")
    assert ftdata.validate(output, target="openai-sft").ok
    with places.open_raw(places.inside(root, "out.rejects.jsonl")) as stream:
        assert places.inside(root, "in.csv").encode() in stream.read()


def test_a_file_named_by_path_and_by_uri_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "a b.jsonl"
    path.write_bytes(LINE)
    found = find_sources([path.as_uri(), str(path), str(tmp_path)], ReadOptions())
    assert [source.name for source in found] == [path.as_uri()]


def test_passwords_in_a_uri_are_in_no_message_and_no_finding(memory: Any) -> None:
    memory.pipe_file("/me:secret@host/a.jsonl", b"{\n")
    result = ftdata.validate("memory://me:secret@host/a.jsonl")
    assert [finding.file for finding in result.findings] == ["memory://me:***@host/a.jsonl"]
    with pytest.raises(UnreadableSource) as error:
        ftdata.validate("memory://me:secret@host/b.jsonl")
    assert "secret" not in str(error.value)


def test_an_unknown_scheme_is_said_with_those_that_are_known() -> None:
    known = r"s3://, .*gs://, .*hf://, az://, .*file://, memory://"
    with pytest.raises(UnreadableSource, match=rf"unknown scheme s4://; .*known: {known}"):
        ftdata.validate("s4://bucket/a.jsonl")
    with pytest.raises(UnreadableSource, match="did you mean memory://"):
        ftdata.validate("memori://a.jsonl")
    with pytest.raises(UnreadableSource, match="unknown scheme"):
        ftdata.convert([{"question": "a", "answer": "b"}], output="s4://bucket/a.jsonl")


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        ("s3://bucket/a.jsonl", "s3"),
        ("gs://bucket/a.jsonl", "gcs"),
        ("hf://datasets/a/b/c.jsonl", "hf"),
        ("az://container/a.jsonl", "azure"),
        ("abfs://container/a.jsonl", "azure"),
    ],
)
@pytest.mark.parametrize("absent", ["fsspec", "the package of the store"])
def test_a_missing_package_is_named_by_its_extra(path: str, extra: str, absent: str) -> None:
    packages = ["s3fs", "gcsfs", "huggingface_hub", "adlfs"] + ["fsspec"] * (absent == "fsspec")
    code = (  # an import of what stands as None fails as it does where it is not installed
        f"import sys\nsys.modules.update(dict.fromkeys({packages}))\n"
        f"sys.argv = ['ftdata', 'validate', {path!r}]\n"
        "from ftdata.commands.main import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    scheme = path.partition("://")[0]
    assert done.stderr == (
        f"ftdata: {scheme}:// needs an optional package: pip install 'ftdata[{extra}]'\n"
    )


def test_what_libraries_of_stores_log_is_not_printed_unless_asked_for() -> None:
    code = (
        "import logging, sys\nfrom ftdata.storage.places import kind_of\nkind_of('memory://a')\n"
        "if len(sys.argv) > 1: logging.basicConfig()\nlogging.getLogger('gcsfs').error('retry')"
    )
    for arguments, said in (([], ""), (["asked"], "ERROR:gcsfs:retry\n")):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True
        )
        assert done.stderr == said


def test_without_fsspec_an_unknown_scheme_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UnreadableSource, match=r"unknown scheme memory://.*ftdata\[remote\]"):
        places.kind_of("memory://a.jsonl")
    with pytest.raises(MissingExtra):
        places.kind_of("s3://bucket/a.jsonl")
