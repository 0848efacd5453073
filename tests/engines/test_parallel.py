"""Several processes give what one gives, to the byte, even where one of them is killed or all are stopped."""

from __future__ import annotations

import json
import multiprocessing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from ftdata.engines import local
from ftdata.engines.conversion import ConversionAccounts, OutputRequest, write_conversion
from ftdata.engines.cores import usable_cores, workers_for
from ftdata.engines.engine import EngineChoice
from ftdata.engines.quota import Quota
from ftdata.engines.sharding import conversion_of_sources
from ftdata.engines.units import units_of
from ftdata.engines.validation import validate_sources
from ftdata.errors import UndecidedLayout, UnreadableSource
from ftdata.model import ConvertPlan, ReadOptions, Source, ValidatePlan
from ftdata.readers.sources import find_sources

PLAN = ValidatePlan(target="openai-sft", keep=20)
READING = ReadOptions()


CHATS = pa.table(
    {
        "messages": [
            [{"role": "user", "content": f"Q{n}"}, {"role": "assistant", "content": "A" * (n % 5)}]
            for n in range(95)
        ]
    }
)


def chat(number: int) -> str:
    if number % 11 == 0:
        return '{"messages": [\n'
    role = "bot" if number % 7 == 0 else "assistant"
    turns = [
        {"role": "user", "content": f"Q{number}"},
        {"role": role, "content": "A" * (number % 50)},
    ]
    return json.dumps({"messages": turns}) + ("\r\n" if number % 3 else "\n\n")


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    """JSON lines with faults, one file of one line, two tables and a file that is no JSON lines at all."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes("".join(map(chat, range(1, 400))).encode() + b'{"messages": [')
    (folder / "b.jsonl").write_bytes(chat(1).encode())
    (folder / "c.csv").write_text("question,answer\n" + "".join(f"Q{n},\n" for n in range(9)))
    (folder / "d.jsonl").write_text("".join(map(chat, range(1, 40))), encoding="utf-16")
    pyarrow.parquet.write_table(CHATS, folder / "e.parquet", row_group_size=10)
    return find_sources([str(folder)], READING)


class Run:
    """One conversion: its files by their hashes, and its accounts."""

    def __init__(self, sources: list[Source], folder: Path, **options: Any) -> None:
        accounts = ConversionAccounts()
        request = OutputRequest(
            str(folder / "out.jsonl"),
            sample=options.pop("sample", None),
            split=options.pop("split", None),
        )
        quota = Quota(options.pop("limit", None))
        plan = ConvertPlan("openai-sft")
        choice = EngineChoice(options.pop("engine", "local"), options.pop("workers", 1))
        with conversion_of_sources(
            plan,
            sources,
            READING,
            quota,
            output=request.output,
            choice=choice,
            least_bytes=0,
            **options,
        ) as convert_one:

            def parts() -> Any:
                for source in sources:
                    layout, found = convert_one(source)
                    accounts.layouts[source.name] = layout
                    yield from found

            write_conversion(parts(), request, accounts)
        self.hashes = {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}
        accounts.outputs = {}
        accounts.rejects_path = None
        self.accounts = accounts


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("unit_bytes", [1000, 20_000])
def test_any_number_of_workers_gives_the_same_report(
    sources: list[Source], workers: int, unit_bytes: int
) -> None:
    whole = local.judge_sources(PLAN, sources, READING)
    covered: list[int] = []
    report = validate_sources(
        PLAN,
        sources,
        READING,
        choice=EngineChoice(workers=workers),
        unit_bytes=unit_bytes,
        least_bytes=0,
        progress=lambda _, byte_count: covered.append(byte_count),
    )
    assert report.to_json() == whole.to_json()
    assert report.errors > 20
    assert sum(covered) == sum(Path(source.path).stat().st_size for source in sources)


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("options", [{}, {"sample": 50}, {"split": 0.8}, {"limit": 30}], ids=str)
def test_any_number_of_workers_writes_the_same_bytes(
    sources: list[Source], tmp_path: Path, workers: int, options: dict[str, Any]
) -> None:
    one = Run(sources, tmp_path / "one", workers=1, **options)
    several = Run(sources, tmp_path / "several", workers=workers, unit_bytes=1000, **options)
    assert several.hashes == one.hashes
    assert several.accounts == one.accounts
    assert "out.rejects.jsonl" in one.hashes


def test_a_worker_killed_in_mid_run_changes_nothing(sources: list[Source], tmp_path: Path) -> None:
    killed: list[int | None] = []

    def kill_one(*_: object) -> None:
        if not killed:
            child = multiprocessing.active_children()[0]
            child.kill()
            killed.append(child.pid)

    report = validate_sources(
        PLAN,
        sources,
        READING,
        choice=EngineChoice(workers=2),
        unit_bytes=500,
        least_bytes=0,
        progress=kill_one,
    )
    assert report.to_json() == local.judge_sources(PLAN, sources, READING).to_json()
    assert killed.pop() is not None
    one = Run(sources, tmp_path / "one", workers=1)
    several = Run(sources, tmp_path / "several", workers=2, unit_bytes=500, progress=kill_one)
    assert several.hashes == one.hashes
    assert killed


def test_an_interruption_leaves_no_file_and_no_process(
    sources: list[Source], tmp_path: Path
) -> None:
    def interrupt(*_: object) -> None:
        assert multiprocessing.active_children()
        assert any((tmp_path / "out").iterdir())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(sources, tmp_path / "out", workers=2, unit_bytes=500, progress=interrupt)
    assert multiprocessing.active_children() == []
    assert list((tmp_path / "out").iterdir()) == []


def test_an_undecided_layout_is_said_as_by_one_process(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(chat(1) * 50)
    (tmp_path / "b.jsonl").write_text('{"x": 1}\n' * 300)
    sources = find_sources([str(tmp_path)], READING)
    with pytest.raises(UndecidedLayout, match=r"b\.jsonl: cannot tell the layout from x"):
        Run(sources, tmp_path / "out", workers=2, unit_bytes=100)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(sources: list[Source], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnreadableSource, match="cannot be written"):
        Run(sources, tmp_path / "file", workers=2)


def test_short_work_and_pipes_are_left_to_this_process(sources: list[Source]) -> None:
    standard_input = Source("<stdin>", "-", "jsonl")
    assert workers_for(sources, 2) == 1
    assert workers_for(sources, 2, least_bytes=0) == 2
    assert workers_for(sources, 1, least_bytes=0) == 1
    assert workers_for([*sources, standard_input], 2, least_bytes=0) == 1
    assert workers_for(sources[1:2], 8, least_bytes=0) == 1
    assert workers_for(sources, None, unit_bytes=100, least_bytes=0) == usable_cores()
    assert len(list(units_of(standard_input))) == 1


def test_a_quota_of_cores_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ftdata.engines import cores

    limit = tmp_path / "cpu.max"
    for text, allowed in (("200000 100000\n", 2), ("50000 100000\n", 0)):
        limit.write_text(text)
        assert cores._quota(limit) == allowed
    for text in ("max 100000\n", ""):
        limit.write_text(text)
        assert cores._quota(limit) > 1000
    assert cores._quota(tmp_path / "absent") > 1000
    monkeypatch.setattr(cores, "_quota", lambda _: 0)
    assert usable_cores() == 1
