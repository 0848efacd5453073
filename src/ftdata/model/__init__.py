"""The nouns: plain data that every other room speaks of."""

from ftdata.model.architecture import Architecture
from ftdata.model.example import Example, Message
from ftdata.model.facts import (
    TEXT_ROLES,
    Facts,
    Turns,
    answers_alike,
    content_length,
    empty_answers,
    facts_of,
    is_empty,
    is_trained,
    turns_of,
)
from ftdata.model.finding import Finding
from ftdata.model.gpu import Gpu, Offer
from ftdata.model.images import Image, images_of, may_hold_images
from ftdata.model.layout import Layout, LayoutOptions, Renderer, TextLayout, TextTurn
from ftdata.model.lengths import Lengths, bin_of, last_of
from ftdata.model.loss import LOSSES, LossCount, LossTally
from ftdata.model.matrix import Matrix
from ftdata.model.plan import (
    DEFAULT_TOKENIZER,
    RENDERED,
    ConvertPlan,
    MatrixPlan,
    TemplateName,
    ValidatePlan,
)
from ftdata.model.price import AMOUNTS, Price, PriceKind, PriceList, PriceScope
from ftdata.model.report import Report, merge_all
from ftdata.model.room import Room
from ftdata.model.rule import Found, Rule, Severity
from ftdata.model.script import SCRIPTS, Script, script_of
from ftdata.model.source import Batch, Fault, ItemKind, Reader, ReadOptions, Source
from ftdata.model.table_rows import TableRows
from ftdata.model.target import Difference, Effect, Fact, Limits, Model, SideFile, Target
from ftdata.model.tool_calls import Answer, Call
from ftdata.model.tool_definitions import Definition, Definitions, definitions_of
from ftdata.model.tool_use import ToolUse, keep_at_hand, tool_use_in, tool_use_of
from ftdata.model.turn_view import TurnView
from ftdata.model.unit import Unit
from ftdata.model.value_kinds import ValueKinds

__all__ = [
    "AMOUNTS",
    "DEFAULT_TOKENIZER",
    "LOSSES",
    "RENDERED",
    "SCRIPTS",
    "TEXT_ROLES",
    "Answer",
    "Architecture",
    "Batch",
    "Call",
    "ConvertPlan",
    "Definition",
    "Definitions",
    "Difference",
    "Effect",
    "Example",
    "Fact",
    "Facts",
    "Fault",
    "Finding",
    "Found",
    "Gpu",
    "Image",
    "ItemKind",
    "Layout",
    "LayoutOptions",
    "Lengths",
    "Limits",
    "LossCount",
    "LossTally",
    "Matrix",
    "MatrixPlan",
    "Message",
    "Model",
    "Offer",
    "Price",
    "PriceKind",
    "PriceList",
    "PriceScope",
    "ReadOptions",
    "Reader",
    "Renderer",
    "Report",
    "Room",
    "Rule",
    "Script",
    "Severity",
    "SideFile",
    "Source",
    "TableRows",
    "Target",
    "TemplateName",
    "TextLayout",
    "TextTurn",
    "ToolUse",
    "TurnView",
    "Turns",
    "Unit",
    "ValidatePlan",
    "ValueKinds",
    "answers_alike",
    "bin_of",
    "content_length",
    "definitions_of",
    "empty_answers",
    "facts_of",
    "images_of",
    "is_empty",
    "is_trained",
    "keep_at_hand",
    "last_of",
    "may_hold_images",
    "merge_all",
    "script_of",
    "tool_use_in",
    "tool_use_of",
    "turns_of",
]
