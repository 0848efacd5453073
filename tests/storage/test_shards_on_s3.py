"""Folders of shards behind a URI, written by this process and by Ray."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ftdata.engines.conversion import ConversionAccounts, OutputRequest, write_conversion
from ftdata.engines.engine import THIS_PROCESS, EngineChoice
from ftdata.engines.folder_conversion import convert_to_folder
from ftdata.engines.pools.ray_cluster import connected
from ftdata.engines.quota import Quota
from ftdata.engines.sharding import conversion_of_sources
from ftdata.model import ConvertPlan, Source
from ftdata.readers.sources import find_sources
from tests.engines.test_parallel import READING, Run, chat

PLAN = ConvertPlan("openai-sft")
#: The address says that the disk of this machine is not everywhere; the connection is there already.
CLUSTER = EngineChoice("ray", 2, "auto")


@pytest.fixture
def sources(bucket: Any) -> list[Source]:
    bucket.pipe_file("bucket/in/a.jsonl", "".join(map(chat, range(1, 300))).encode())
    bucket.pipe_file("bucket/in/b.csv", b"question,answer\n" + b"Q,\n" * 9)
    return find_sources(["s3://bucket/in/"], READING)


@pytest.fixture
def one(sources: list[Source], tmp_path: Path) -> Path:
    """The same in one file of this machine."""
    Run(sources, tmp_path / "one")
    return tmp_path / "one" / "out.jsonl"


@pytest.fixture
def ray(sources: list[Source]) -> Iterator[None]:
    """Started when the environment leads to the store: the tasks inherit it."""
    assert sources
    with connected(EngineChoice("ray", 2)):
        yield


def to_folder(sources: list[Source], choice: EngineChoice) -> ConversionAccounts:
    accounts = ConversionAccounts()
    convert_to_folder(
        PLAN, sources, READING, "s3://bucket/out/", accounts, choice=choice, unit_bytes=3000
    )
    return accounts


def shards_in(bucket: Any) -> bytes:
    return b"".join(map(bucket.cat_file, sorted(bucket.glob("bucket/out/part-*"))))


def test_a_folder_in_a_bucket_is_kept(bucket: Any, sources: list[Source], one: Path) -> None:
    assert to_folder(sources, THIS_PROCESS).shards_kept == 0
    assert shards_in(bucket) == one.read_bytes()
    rejects = one.with_name("out.rejects.jsonl").read_bytes()
    assert bucket.cat_file("bucket/out.rejects.jsonl") == rejects
    manifest = json.loads(bucket.cat_file("bucket/out.manifest.json"))
    bucket.rm_file(f"bucket/out/{manifest['shards'][2]['file']}")
    again = to_folder(sources, THIS_PROCESS)
    assert again.shards_kept == again.shards - 1 > 3
    assert shards_in(bucket) == one.read_bytes()


@pytest.mark.slow
@pytest.mark.usefixtures("ray")
def test_ray_writes_there_too(bucket: Any, sources: list[Source], one: Path) -> None:
    assert to_folder(sources, CLUSTER).shards_kept == 0
    assert shards_in(bucket) == one.read_bytes()
    assert to_folder(sources, CLUSTER).shards_kept > 3
    accounts = ConversionAccounts()
    with conversion_of_sources(
        PLAN, sources, READING, Quota(), output="s3://bucket/out.jsonl", choice=CLUSTER
    ) as convert_one:
        parts = (part for source in sources for part in convert_one(source)[1])
        write_conversion(parts, OutputRequest("s3://bucket/out.jsonl"), accounts)
    assert bucket.cat_file("bucket/out.jsonl") == one.read_bytes()
    assert not [path for path in bucket.find("bucket") if ".part" in path.replace("/.part-", "")]
