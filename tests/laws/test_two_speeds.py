"""Two speeds, one truth: what is fast and what explains agree on every record."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

import pytest
from chat_records import broken_chats, broken_pairs, chats, records
from hypothesis import given, settings
from hypothesis import strategies as st
from tool_rows import rows_with_tools_elsewhere

from ftdata import check_example
from ftdata.catalog.target_catalog import limits_of, load_target, target_ids
from ftdata.model import Limits, TurnView, facts_of
from ftdata.operators.turn_judging import TurnJudge
from ftdata.rules.messages import message_of
from ftdata.rules.registry import all_rules
from ftdata.rules.shape.schema_check import schema_check

TARGETS = target_ids()
CHAT_TARGETS = [name for name in TARGETS if load_target(name).renderer in ("chat", "openai-chat")]
TURN_RULES = [rule for rule in all_rules() if rule.flags and rule.locate]
ROLES = ["system", "developer", "user", "assistant", "tool", "function", "bot", ""]

#: Targets with no demand on a row that the chats of these laws do not fulfil.
TAKING_ALL_CHATS = (
    *("generic-chat", "openai-sft", "azure-sft", "trl-sft", "fireworks-sft", "nebius-sft"),
)

each_target = pytest.mark.parametrize("target", TARGETS)

role_sets = st.none() | st.frozensets(st.sampled_from(ROLES))
yes_or_no = st.none() | st.booleans()
any_limits = st.builds(
    Limits,
    target=st.just("any"),
    vendor=st.just("any"),
    roles=role_sets,
    unsure_roles=role_sets,
    first_roles=role_sets,
    last_roles=role_sets,
    no_repeat=role_sets,
    next_roles=st.none()
    | st.dictionaries(st.sampled_from(ROLES), st.lists(st.sampled_from(ROLES), max_size=3)),
    system_first=yes_or_no,
    needs_assistant=yes_or_no,
    needs_trained_turn=yes_or_no,
    assistant_not_empty=yes_or_no,
    text_not_empty=yes_or_no,
    answers_differ=yes_or_no,
    tool_content_text=yes_or_no,
    call_ids=yes_or_no,
    call_ids_unique=yes_or_no,
    calls_matched=yes_or_no,
    calls_answered=yes_or_no,
    answers_in_order=yes_or_no,
    arguments_parse=yes_or_no,
    arguments_fit=yes_or_no,
    called_declared=yes_or_no,
    tools_declared=yes_or_no,
    tool_schemas_valid=yes_or_no,
    tool_names_unique=yes_or_no,
    tool_call_id_pattern=st.sampled_from([None, "[1-9]"]),
    tool_name_pattern=st.sampled_from([None, "[a-z]"]),
    arguments_as=st.sampled_from([None, "string", "object"]),
    legacy_functions=yes_or_no,
    max_images=st.sampled_from([None, 1]),
    max_turn_images=st.sampled_from([None, 1]),
    max_image_bytes=st.sampled_from([None, 3]),
    image_types=st.none() | st.frozensets(st.sampled_from(["png", "jpeg"])),
    image_sources=st.none() | st.frozensets(st.sampled_from(["url", "base64", "gs"])),
    max_message_characters=st.none() | st.integers(0, 5),
)
limits_to_try = any_limits | st.sampled_from([limits_of(load_target(name)) for name in TARGETS])

roles = st.sampled_from(ROLES)
IMAGES: list[Any] = [
    {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
    {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,iVBORw0KGgo"}},
    {"type": "image_url", "image_url": "data:image/gif;base64,R0lGODlhAQA%"},
    {"image": {"format": "PNG", "source": {"bytes": "R0lGODlhAQA="}}},
    {"fileData": {"mimeType": "image/png", "fileUri": "gs://a/b.png"}},
    {"type": "image"},
]
turns = st.fixed_dictionaries(
    {"role": roles},
    optional={
        "content": st.none()
        | st.sampled_from(
            ["", " ", "hi", [], [{"type": "text", "text": " "}], [{"type": "text"}], 5]
        )
        | st.lists(st.sampled_from(IMAGES), max_size=3),
        "weight": st.sampled_from([0, 1, 0.0, False, True, None, "0"]),
        "tool_calls": st.sampled_from([[], None, [{}]]),
        "refusal": st.sampled_from([None, "", "no"]),
    },
)
lists_of_turns = st.lists(turns, min_size=1, max_size=6)
conversations = st.fixed_dictionaries(
    {"messages": lists_of_turns},
    optional={"answers": st.lists(st.lists(turns, max_size=1), max_size=2)},
)


def agree(record: Any) -> None:
    for target in TARGETS:
        check = schema_check(load_target(target).schema)
        explained = list(check.explain(record))
        assert check.is_valid(record) is not bool(explained), (target, explained)


@given(records)
@settings(max_examples=500, deadline=None)
def test_the_compiled_schema_and_the_explaining_one_agree(record: Any) -> None:
    agree(record)


@pytest.mark.slow
@given(records)
@settings(max_examples=5_000, deadline=None)
def test_the_two_schemas_agree_on_thousands_of_records(record: Any) -> None:
    agree(record)


@given(chats)
@settings(max_examples=100, deadline=None)
def test_a_chat_of_any_turns_has_the_shape_of_every_chat_target(record: Any) -> None:
    for target in TAKING_ALL_CHATS:
        assert schema_check(load_target(target).schema).is_valid(record)


@pytest.mark.parametrize(
    "odd",
    [
        "\ud800",
        datetime.date(2026, 1, 1),
        {1, 2},
        b"hi",
        math.nan,
        math.inf,
        ({"type": "text", "text": "a"},),
    ],
    ids=["surrogate", "date", "set", "bytes", "nan", "infinity", "tuple"],
)
def test_values_that_no_json_gives_are_judged_alike(odd: Any) -> None:
    agree({"messages": [{"role": "user", "content": odd}], "text": odd})
    agree({"messages": [{"role": "assistant", "content": "a", "weight": odd}]})
    agree({"messages": ({"role": odd, "content": "a"},), odd_key(odd): 1})


def odd_key(odd: Any) -> Any:
    return odd if isinstance(odd, str) else 7


def test_a_record_nested_deeper_than_any_stack_is_judged_alike() -> None:
    deep: Any = []
    for _ in range(50_000):
        deep = [deep]
    agree({"messages": [{"role": "user", "content": deep}], "text": deep, "tools": deep})


def locate_what_is_flagged(record: Any, limits: Limits) -> None:
    facts = facts_of(record)
    for rule in TURN_RULES if facts else ():
        assert rule.flags(facts, limits) is bool(list(rule.locate(record, limits))), rule.code


@given(conversations | broken_chats(), limits_to_try)
@settings(max_examples=800, deadline=None)
def test_a_turn_rule_is_flagged_exactly_when_it_locates(record: Any, limits: Limits) -> None:
    locate_what_is_flagged(record, limits)


@pytest.mark.slow
@given(conversations | broken_chats(), limits_to_try)
@settings(max_examples=5_000, deadline=None)
def test_turn_rules_locate_what_they_flag_in_thousands(record: Any, limits: Limits) -> None:
    locate_what_is_flagged(record, limits)


@each_target
@given(conversations | broken_chats() | broken_pairs())
@settings(max_examples=150, deadline=None)
def test_every_finding_names_a_place_that_exists_and_can_be_told(target: str, record: Any) -> None:
    for code, found in findings(target, record):
        resolve(record, found.pointer)
        assert json.loads(json.dumps(found.params)) == found.params
        text = message_of(code, found.params)
        assert text.isprintable()


@each_target
@given(conversations | broken_chats() | broken_pairs())
@settings(max_examples=100, deadline=None)
def test_what_is_said_and_who_says_it_has_one_finding_at_most(target: str, record: Any) -> None:
    """One cause gives one finding: shape and turn rules never speak of the same role or content."""
    places = [
        found.pointer
        for found in check_example(record, target=target)
        if found.pointer.endswith(("/role", "/content"))
    ]
    assert len(places) == len(set(places)), places


@each_target
@given(rows_with_tools_elsewhere)
@settings(max_examples=40, deadline=None)
def test_tools_in_any_place_are_pointed_at_where_they_stand(target: str, record: Any) -> None:
    for _, found in findings(target, record):
        resolve(record, found.pointer)


def findings(target: str, record: Any) -> list[tuple[str, Any]]:
    limits = limits_of(load_target(target))
    view = load_target(target).turns or TurnView()
    explained = schema_check(load_target(target).schema).explain(record)
    told = [(rule.code, found) for rule, found in explained]
    chat = view.chat_of(record)
    facts = facts_of(chat)
    rules = [rule for rule in TURN_RULES if rule.fact in limits.facts]
    if chat is not None and facts is not None:
        judged = TurnJudge(rules, limits, view).judge(record, chat, facts)
        told += [(rule.code, found) for rule, found, _ in judged]
    return told


def resolve(record: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        record = record[int(key)] if isinstance(record, list) else record[key]
    return record
