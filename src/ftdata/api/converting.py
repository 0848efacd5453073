"""`convert`."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

from ftdata.api.inputs import Announce, announce_source, engine_choice, sources_in
from ftdata.catalog.target_catalog import load_target
from ftdata.engines.conversion import (
    ConversionAccounts,
    OutputRequest,
    take_rows,
    write_conversion,
)
from ftdata.engines.engine import LOCAL, EngineChoice
from ftdata.engines.folder_conversion import convert_to_folder
from ftdata.engines.local import Progress, convert_batches
from ftdata.engines.quota import Quota
from ftdata.engines.shard_folder import is_folder
from ftdata.engines.sharding import conversion_of_sources
from ftdata.engines.side_files import write_side_files
from ftdata.errors import UsageError
from ftdata.layouts.registry import layout_named
from ftdata.model import DEFAULT_TOKENIZER, ConvertPlan, ReadOptions, Source
from ftdata.operators.converting import Converted
from ftdata.readers.memory import batches_of


@dataclass(frozen=True)
class ConversionResult:
    """What `convert` did. `rows` holds the converted rows where no output file was named."""

    accounts: ConversionAccounts
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when no row was rejected and no source was cut short."""
        return self.accounts.rejected == 0 and not self.accounts.has_unread_parts


def convert(
    data: Any,
    *,
    to: str = "generic-chat",
    output: str | os.PathLike[str] | None = None,
    layout: str | None = None,
    columns: Mapping[str, str] | None = None,
    user: str | None = None,
    assistant: str | None = None,
    system: str | None = None,
    instruction: str | None = None,
    on_empty: Literal["reject", "drop", "keep"] = "reject",
    on_loss: Literal["report", "fail"] = "report",
    speakers: Mapping[str, str] | None = None,
    chunk_tokens: int | None = None,
    max_turns: int | None = None,
    tokenizer: str = DEFAULT_TOKENIZER,
    rejects: str | os.PathLike[str] | None = None,
    limit: int | None = None,
    sample: int | None = None,
    seed: int = 0,
    split: float | None = None,
    side_files: bool = False,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> ConversionResult:
    """Turns rows of any known layout into lines of a target; every row is accounted for.

    `user`, `assistant` and `system` name columns or are templates such as "Title: {title}". `columns` maps
    a role of the layout to a column. `speakers` maps names to roles. What the target has no place for is
    counted in `accounts.losses`; with `on_loss="fail"` a row that would lose something is rejected. With
    `output` the lines go to that
    file (train and validation files with `split`) and rejected rows beside it; with `side_files` also what
    the trainer needs beside it, unless it is there. A folder, or a path that ends in a slash, gets shards;
    those that are complete already are kept. Without, the rows come back in the result. `workers`, `engine`
    and `ray_address` are those of `validate`; they only serve where there is an output. Raises
    UndecidedLayout, UnknownName, UnreadableSource and UsageError.
    """
    if layout is not None:
        layout_named(layout)  # an unknown name is said before any file is opened
    target = load_target(to)
    plan = ConvertPlan(
        target=to,
        layout=layout,
        columns=tuple(sorted((columns or {}).items())),
        user=user,
        assistant=assistant,
        system=system,
        instruction=instruction,
        on_empty=on_empty,
        on_loss=on_loss,
        roles=tuple(sorted((speakers or {}).items())),
        chunk_tokens=chunk_tokens,
        max_turns=max_turns,
        encoding=tokenizer,
    )
    call = _Call(
        plan,
        data,
        reading or ReadOptions(),
        engine_choice(engine, workers, ray_address),
        progress,
        announce,
    )
    accounts = ConversionAccounts()
    if output is None:
        if sample is not None or split is not None or rejects is not None:
            raise UsageError("sample, split and rejects need an output file")
        parts = _converted(call, accounts, Quota(limit))
        return ConversionResult(accounts, take_rows(parts, accounts))
    request = OutputRequest(
        os.fspath(output),
        rejects=None if rejects is None else os.fspath(rejects),
        sample=sample,
        seed=seed,
        split=split,
        split_names=target.split_names,
    )
    if is_folder(request.output):
        _write_folder(call, accounts, request, Quota(limit))
        return ConversionResult(accounts)
    with closing(_converted(call, accounts, Quota(limit), request.output)) as parts:  # ends workers
        write_conversion(parts, request, accounts)
    if side_files and request.output != "-":
        accounts.side_files = write_side_files(target.side_files, request.outputs)
    return ConversionResult(accounts)


@dataclass(frozen=True)
class _Call:
    """What was asked for, apart from where it goes."""

    plan: ConvertPlan
    data: Any
    reading: ReadOptions
    choice: EngineChoice
    progress: Progress | None
    announce: Announce | None

    def say_layout(self, source: Source, layout: str | None) -> None:
        """Tells the layout of a source, unless the caller named it."""
        if self.announce is not None and layout is not None and self.plan.layout is None:
            self.announce(source, f"layout {layout}")


def _write_folder(
    call: _Call, accounts: ConversionAccounts, request: OutputRequest, quota: Quota
) -> None:
    if request.sample is not None or request.split is not None or quota.remaining is not None:
        raise UsageError(
            "sample, split and limit choose among all rows, and a folder is written in pieces: "
            "convert to one file, as in -o FILE"
        )
    sources = sources_in(call.data, call.reading, call.choice)
    if sources is None:
        raise UsageError("a folder of shards is made of files; rows in memory go to one file")

    def layout_found(source: Source, layout: str | None) -> None:
        announce_source(source, call.reading, call.announce)
        call.say_layout(source, layout)

    convert_to_folder(
        call.plan,
        sources,
        call.reading,
        request.output,
        accounts,
        rejects=request.rejects,
        choice=call.choice,
        progress=call.progress,
        layout_found=layout_found,
    )


def _converted(
    call: _Call, accounts: ConversionAccounts, quota: Quota, output: str | None = None
) -> Generator[Converted, None, None]:
    sources = sources_in(call.data, call.reading, call.choice)
    if sources is None:
        layout, parts = convert_batches(call.plan, batches_of(call.data), "<data>", quota)
        accounts.layouts["<data>"] = layout
        yield from parts
        return
    with conversion_of_sources(
        call.plan,
        sources,
        call.reading,
        quota,
        output=output,
        choice=call.choice,
        progress=call.progress,
    ) as convert_one:
        for source in sources:
            if quota.remaining == 0:
                return
            announce_source(source, call.reading, call.announce)
            layout, parts = convert_one(source)
            accounts.layouts[source.name] = layout
            call.say_layout(source, layout)
            yield from parts
