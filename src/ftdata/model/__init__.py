"""The nouns: plain data that every other room speaks of."""

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
from ftdata.model.layout import Layout, LayoutOptions, Renderer, TextLayout, TextTurn
from ftdata.model.plan import DEFAULT_TOKENIZER, ConvertPlan, ValidatePlan
from ftdata.model.report import Report, merge_all
from ftdata.model.rule import Found, Rule, Severity
from ftdata.model.source import Batch, Fault, ItemKind, Reader, ReadOptions, Source
from ftdata.model.table_rows import TableRows
from ftdata.model.target import Difference, Effect, Fact, Limits, Model, SideFile, Target
from ftdata.model.tool_definitions import Definition, Definitions, definitions_of
from ftdata.model.tool_use import Answer, Call, ToolUse, tool_use_in, tool_use_of
from ftdata.model.turn_view import TurnView
from ftdata.model.unit import Unit

__all__ = [
    "DEFAULT_TOKENIZER",
    "TEXT_ROLES",
    "Answer",
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
    "ItemKind",
    "Layout",
    "LayoutOptions",
    "Limits",
    "Message",
    "Model",
    "ReadOptions",
    "Reader",
    "Renderer",
    "Report",
    "Rule",
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
    "content_length",
    "definitions_of",
    "facts_of",
    "is_empty",
    "is_trained",
    "merge_all",
    "tool_use_in",
    "tool_use_of",
    "turns_of",
]
