"""What to do, by names: frozen, hashable and picklable, so that any process can be told.

Each process compiles a plan once (see `operators`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

#: Counts where neither the target nor the user names a tokenizer.
DEFAULT_TOKENIZER = "o200k_base"

#: Stands for an encoding where rows are rendered by a chat template and counted by its tokenizer.
RENDERED = "chat-template"


@dataclass(frozen=True)
class TemplateName:
    """A chat template by its path; `digest` says that it is the same one in every process.

    `today` is what the template takes for the day, as 2026-11-22. `counts`: its tokenizer counts tokens.
    """

    path: str
    digest: str
    today: str
    counts: bool = False


@dataclass(frozen=True)
class ValidatePlan:
    """Judge records against a target, and count tokens where asked.

    `counts` are (encoding, cap) pairs to tally for every valid record; cap None means no truncation.
    """

    target: str = "generic-chat"
    model: str | None = None
    select: tuple[str, ...] = ()  # code prefixes or names; empty: all
    ignore: tuple[str, ...] = ()
    keep: int = 1000  # findings kept per code
    max_tokens: int | None = None  # overrides the catalog
    encoding: str | None = None  # overrides the catalog
    counts: tuple[tuple[str, int | None], ...] = ()
    lengths: bool = False  # also how many rows have which length, for each encoding of `counts`
    chat_template: TemplateName | None = None


@dataclass(frozen=True)
class MatrixPlan:
    """Judge records against several targets in one pass: a plan each, alike in all but the target.

    None of them counts tokens.
    """

    plans: tuple[ValidatePlan, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids of the targets, in the order of the plans."""
        return tuple(plan.target for plan in self.plans)

    @property
    def keep(self) -> int:
        """Findings kept per target and code."""
        return min(plan.keep for plan in self.plans)

    def only(self, targets: Collection[str]) -> MatrixPlan:
        """Gives the same for some of the targets."""
        return MatrixPlan(tuple(plan for plan in self.plans if plan.target in targets))


@dataclass(frozen=True)
class ConvertPlan:
    """Turn records of a layout into lines of a target. `layout` None: told from the first records."""

    target: str
    layout: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    user: str | None = None
    assistant: str | None = None
    system: str | None = None
    instruction: str | None = None
    on_empty: str = "reject"
    roles: tuple[tuple[str, str], ...] = ()
    chunk_tokens: int | None = None
    max_turns: int | None = None
    encoding: str = DEFAULT_TOKENIZER  # counts tokens of chunks
    on_loss: str = "report"  # "fail": a row that would lose something is rejected
