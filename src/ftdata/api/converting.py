"""`convert`."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

from ftdata.api.inputs import Announce, announce_source, engine_choice, sources_in
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
    speakers: Mapping[str, str] | None = None,
    chunk_tokens: int | None = None,
    max_turns: int | None = None,
    tokenizer: str = DEFAULT_TOKENIZER,
    rejects: str | os.PathLike[str] | None = None,
    limit: int | None = None,
    sample: int | None = None,
    seed: int = 0,
    split: float | None = None,
    reading: ReadOptions | None = None,
    workers: int | None = 1,
    engine: str = LOCAL,
    ray_address: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> ConversionResult:
    """Turns rows of any known layout into lines of a target; every row is accounted for.

    `user`, `assistant` and `system` name columns or are templates such as "Title: {title}". `columns` maps
    a role of the layout to a column. `speakers` maps names to roles. With `output` the lines go to that
    file (train and validation files with `split`) and rejected rows beside it. A folder, or a path that ends
    in a slash, gets shards; those that are complete already are kept. Without, the rows come back in the
    result. `workers`, `engine` and `ray_address` are those of `validate`; they only serve where there is an
    output. Raises UndecidedLayout, UnknownName, UnreadableSource and UsageError.
    """
    if layout is not None:
        layout_named(layout)  # an unknown name is said before any file is opened
    plan = ConvertPlan(
        target=to,
        layout=layout,
        columns=tuple(sorted((columns or {}).items())),
        user=user,
        assistant=assistant,
        system=system,
        instruction=instruction,
        on_empty=on_empty,
        roles=tuple(sorted((speakers or {}).items())),
        chunk_tokens=chunk_tokens,
        max_turns=max_turns,
        encoding=tokenizer,
    )
    choice = engine_choice(engine, workers, ray_address)
    accounts = ConversionAccounts()
    if output is not None and is_folder(os.fspath(output)):
        if sample is not None or split is not None or limit is not None:
            raise UsageError(
                "sample, split and limit choose among all rows, and a folder is written in pieces: "
                "convert to one file, as in -o FILE"
            )
        _write_folder(
            plan,
            data,
            reading or ReadOptions(),
            output=os.fspath(output),
            rejects=None if rejects is None else os.fspath(rejects),
            accounts=accounts,
            choice=choice,
            progress=progress,
            announce=announce,
        )
        return ConversionResult(accounts)
    parts = _converted(
        plan,
        data,
        reading or ReadOptions(),
        quota=Quota(limit),
        accounts=accounts,
        output=None if output is None else os.fspath(output),
        choice=choice,
        progress=progress,
        announce=announce,
    )
    if output is not None:
        request = OutputRequest(
            os.fspath(output),
            rejects=None if rejects is None else os.fspath(rejects),
            sample=sample,
            seed=seed,
            split=split,
        )
        with closing(parts):  # ends the workers, whatever happens
            write_conversion(parts, request, accounts)
        return ConversionResult(accounts)
    if sample is not None or split is not None or rejects is not None:
        raise UsageError("sample, split and rejects need an output file")
    return ConversionResult(accounts, take_rows(parts, accounts))


def _write_folder(
    plan: ConvertPlan,
    data: Any,
    reading: ReadOptions,
    *,
    output: str,
    rejects: str | None,
    accounts: ConversionAccounts,
    choice: EngineChoice,
    progress: Progress | None,
    announce: Announce | None,
) -> None:
    sources = sources_in(data, reading, choice)
    if sources is None:
        raise UsageError("a folder of shards is made of files; rows in memory go to one file")

    def layout_found(source: Source, layout: str | None) -> None:
        announce_source(source, reading, announce)
        if announce is not None and layout is not None and plan.layout is None:
            announce(source, f"layout {layout}")

    convert_to_folder(
        plan,
        sources,
        reading,
        output,
        accounts,
        rejects=rejects,
        choice=choice,
        progress=progress,
        layout_found=layout_found,
    )


def _converted(
    plan: ConvertPlan,
    data: Any,
    reading: ReadOptions,
    *,
    quota: Quota,
    accounts: ConversionAccounts,
    output: str | None,
    choice: EngineChoice,
    progress: Progress | None,
    announce: Announce | None,
) -> Generator[Converted, None, None]:
    sources = sources_in(data, reading, choice)
    if sources is None:
        layout, parts = convert_batches(plan, batches_of(data), "<data>", quota)
        accounts.layouts["<data>"] = layout
        yield from parts
        return
    with conversion_of_sources(
        plan, sources, reading, quota, output=output, choice=choice, progress=progress
    ) as convert_one:
        for source in sources:
            if quota.remaining == 0:
                return
            announce_source(source, reading, announce)
            layout, parts = convert_one(source)
            accounts.layouts[source.name] = layout
            if announce is not None and layout is not None and plan.layout is None:
                announce(source, f"layout {layout}")
            yield from parts
