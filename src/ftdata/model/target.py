"""A vendor and method to train with, as data: every fact with its source and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ftdata.model.turn_view import TurnView

#: Whether a row is trained on.
Verdict = Literal["taken", "refused"]

#: What the vendor or trainer does with a row that breaks the fact.
Effect = Literal["reject", "drop", "truncate", "warn", "info"]


@dataclass(frozen=True)
class Fact:
    """One researched statement: its value, what breaking it does, and where it stands written."""

    value: Any
    source: str
    checked: date
    effect: Effect = "reject"
    certain: bool = True  # False: evidence is missing or conflicting, so a finding is a warning
    note: str = ""


@dataclass(frozen=True)
class Model:
    """A model that can be (or once could be) trained at a vendor.

    `max_tokens` is the longest example that is trained on, in tokens; None: unknown. Dates are the first
    day on which the thing is no longer possible; None: no end is announced.
    """

    name: str
    vendor: str
    title: str
    aliases: tuple[str, ...]
    methods: tuple[str, ...]
    encoding: str | None
    facts: Mapping[str, Fact]
    targets: tuple[str, ...] | None = None  # ids; None: all of its vendor and methods

    def is_taken_by(self, target: Target) -> bool:
        """True where a job of the target can be about this model, whatever the day."""
        if self.vendor != target.vendor or target.method not in self.methods:
            return False
        return self.targets is None or target.id in self.targets

    @property
    def parameters_billion(self) -> Decimal | None:
        """Its size, in billions of parameters; None: not known."""
        value = self._value("parameters_billion")
        return None if value is None else Decimal(str(value))

    @property
    def max_tokens(self) -> int | None:
        """Tokens of one example beyond which the vendor truncates or rejects."""
        value: int | None = self._value("max_tokens")
        return value

    @property
    def tunable_until(self) -> date | None:
        """The first day on which no job can be created."""
        value: date | None = self._value("tunable_until")
        return value

    @property
    def serves_until(self) -> date | None:
        """The first day on which the tuned model answers no more."""
        value: date | None = self._value("serves_until")
        return value

    def _value(self, name: str) -> Any:
        fact = self.facts.get(name)
        return None if fact is None else fact.value


@dataclass(frozen=True)
class Limits:
    """What one target (with one model, where named) demands; what rules are asked against.

    Absent facts are None: the rule that enforces them does not apply.
    """

    target: str
    vendor: str
    roles: frozenset[str] | None = None
    unsure_roles: frozenset[str] | None = None  # taken or refused: the evidence conflicts
    first_roles: frozenset[str] | None = None  # of the first turn that is not a system turn
    last_roles: frozenset[str] | None = None
    no_repeat: frozenset[str] | None = None  # roles that may not stand twice in a row
    next_roles: Mapping[str, Sequence[str]] | None = None  # who may speak after whom
    system_first: bool | None = None
    needs_assistant: bool | None = None
    needs_trained_turn: bool | None = None
    both_verdicts: str | None = None  # the key of a verdict; true and false have to be there
    tools_train_last: bool | None = (
        None  # of a row that declares tools the last reply alone is trained
    )
    reads_weights: bool | None = None  # False: a turn of weight 0 is trained all the same
    trains_on: Literal["all", "answers"] | None = None  # which tokens, where nobody says otherwise
    assistant_not_empty: bool | None = None
    text_not_empty: bool | None = None
    texts_not_blank: frozenset[str] | None = None  # keys of a row, beside its turns
    answers_differ: bool | None = None  # of a preference pair
    tool_content_text: bool | None = None  # a tool's content must be text, not a list of parts
    call_ids: bool | None = None  # calls have ids, and answers say to which
    call_ids_unique: bool | None = None
    calls_matched: bool | None = None  # every answer is one to a call that waits for it
    calls_answered: bool | None = None  # before the next turn that is no answer
    answers_in_order: bool | None = None
    arguments_parse: bool | None = None  # as a JSON object
    arguments_fit: bool | None = None  # the parameters that the tool declares
    called_declared: bool | None = None
    tools_declared: bool | None = None  # where any is called
    tool_schemas_valid: bool | None = None
    tool_names_unique: bool | None = None
    tool_call_id_pattern: str | None = None
    tool_name_pattern: str | None = None
    arguments_as: Literal["string", "object"] | None = None
    legacy_functions: bool | None = None  # False: the older form is refused, or not understood
    max_message_characters: int | None = None
    max_tokens: int | None = None  # per example
    over_max_tokens: Effect = "truncate"
    containers: frozenset[str] | None = None
    arrow_loader: Mapping[str, Any] | None = None  # what reads the rows as columns, and how
    max_file_bytes: int | None = None
    min_examples: int | None = None
    max_examples: int | None = None  # rows of one training file
    reserved_strings: frozenset[str] | None = None  # no text may hold them
    max_images: int | None = None  # of one example
    max_turn_images: int | None = None  # of one turn
    max_image_bytes: int | None = None  # of one image, before base64
    max_image_examples: int | None = None  # rows of one training file that have an image
    image_types: frozenset[str] | None = None  # as in image/<type>
    image_sources: frozenset[str] | None = None  # url, base64, or the scheme of an address: s3, gs
    min_dataset_tokens: int | None = None  # of all rows together
    byte_order_mark: bool | None = None  # False: a BOM is refused or unsure
    blank_lines: bool | None = None  # False: a blank line is refused or unsure
    encoding: str | None = None  # of the tokens; None: unknown
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def demands_of_images(self) -> bool:
        """True where the target has a demand on images."""
        demands = (
            self.max_images,
            self.max_turn_images,
            self.max_image_bytes,
            self.image_types,
            self.image_sources,
        )
        return any(demand is not None for demand in demands)

    def severity_of(self, fact: str | None, default: str) -> str:
        """Gives the severity of a finding that enforces `fact`.

        A rejection is an error, all else a warning; an uncertain fact is never more than a warning.
        """
        found = self.facts.get(fact) if fact else None
        if found is None:
            return default
        if found.effect == "info":
            return "info"
        return "error" if found.effect == "reject" and found.certain else "warning"


@dataclass(frozen=True)
class SideFile:
    """A file that the trainer needs beside a file of rows, such as a list of data sets or a configuration.

    In `name` and in the texts, `$file` and `$stem` stand for the name of the rows' file, with and without
    `.jsonl`, `$path` for its path and `$folder` for its folder. `split_text` is for the validation file;
    None: the trainer has no use for one. A name that ends in `.json` is of an object that may hold other
    entries, too.
    """

    name: str
    text: str
    split_text: str | None = None


@dataclass(frozen=True)
class Difference:
    """Rows of which ftdata and the trainer itself think otherwise, known and meant to be so.

    `rows` are the names that tests/peers give them. `theirs` is what the trainer does, where to drop a row is
    to refuse it; ftdata does the other.
    """

    rows: Sequence[str]
    what: str
    theirs: Verdict
    reason: str
    source: str
    checked: date

    @property
    def ours(self) -> Verdict:
        """What ftdata says of the rows."""
        return "refused" if self.theirs == "taken" else "taken"


@dataclass(frozen=True)
class Target:
    """One catalog file: `catalog/targets/<id>.toml`."""

    id: str
    title: str
    vendor: str
    method: str
    schema: str  # path below schemas/
    renderer: str
    facts: Mapping[str, Fact]
    encoding: str | None = None
    until: date | None = None  # the first day on which the vendor takes no new job
    side_files: tuple[SideFile, ...] = ()
    split_names: tuple[str, str] | None = (
        None  # what the trainer calls training and validation file
    )
    turns: TurnView | None = None  # None: in `messages`, with `role` and `content`
    hosted: bool = True  # False: a trainer that runs on a machine of one's own
    differs: tuple[Difference, ...] = ()  # from what the trainer itself says of rows
