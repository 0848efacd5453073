"""The nouns: plain data that every other room speaks of."""

from ftdata.model.architecture import Architecture
from ftdata.model.example import Example, Message
from ftdata.model.facts import (
    TEXT_ROLES,
    Facts,
    Turns,
    answers_alike,
    content_length,
    facts_of,
    is_empty,
    is_trained,
    turns_of,
)
from ftdata.model.finding import Finding
from ftdata.model.gpu import Gpu, Offer
from ftdata.model.layout import Layout, LayoutOptions, Renderer, TextLayout, TextTurn
from ftdata.model.lengths import Lengths, bin_of, last_of
from ftdata.model.plan import DEFAULT_TOKENIZER, ConvertPlan, ValidatePlan
from ftdata.model.price import AMOUNTS, Price, PriceKind, PriceList, PriceScope
from ftdata.model.report import Report, merge_all
from ftdata.model.rule import Found, Rule, Severity
from ftdata.model.script import SCRIPTS, Script, script_of
from ftdata.model.source import Batch, Fault, ItemKind, Reader, ReadOptions, Source
from ftdata.model.table_rows import TableRows
from ftdata.model.target import Effect, Fact, Limits, Model, SideFile, Target
from ftdata.model.tool_definitions import Definition, Definitions, definitions_of
from ftdata.model.tool_use import Answer, Call, ToolUse, tool_use_in, tool_use_of
from ftdata.model.turn_view import TurnView
from ftdata.model.unit import Unit

__all__ = [
    "AMOUNTS",
    "DEFAULT_TOKENIZER",
    "SCRIPTS",
    "TEXT_ROLES",
    "Answer",
    "Architecture",
    "Batch",
    "Call",
    "ConvertPlan",
    "Definition",
    "Definitions",
    "Effect",
    "Example",
    "Fact",
    "Facts",
    "Fault",
    "Finding",
    "Found",
    "Gpu",
    "ItemKind",
    "Layout",
    "LayoutOptions",
    "Lengths",
    "Limits",
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
    "Rule",
    "Script",
    "Severity",
    "SideFile",
    "Source",
    "TableRows",
    "Target",
    "TextLayout",
    "TextTurn",
    "ToolUse",
    "TurnView",
    "Turns",
    "Unit",
    "ValidatePlan",
    "answers_alike",
    "bin_of",
    "content_length",
    "definitions_of",
    "facts_of",
    "is_empty",
    "is_trained",
    "last_of",
    "merge_all",
    "script_of",
    "tool_use_in",
    "tool_use_of",
    "turns_of",
]
