"""The fast judge, which certifies good lines, and the slow one give the same report for every input."""

from __future__ import annotations

import io
import json
from typing import Any

import orjson
import pytest
from chat_records import broken_chats, chats, junk, pairs, records
from hypothesis import given, settings
from hypothesis import strategies as st
from tool_rows import tool_chats

from ftdata.catalog.target_catalog import load_target, target_ids
from ftdata.model import Batch, Fault, ReadOptions, Report, ValidatePlan
from ftdata.operators.certifying import EXACT, UNKNOWN
from ftdata.operators.judging import Judge, judge_of
from ftdata.readers.json_careful import UNPARSED, parse_carefully
from ftdata.readers.jsonl import read_stream
from ftdata.renderers.registry import renderer_named
from ftdata.rules.shape.schema_check import schema_check

TARGETS = target_ids()

PLANS = [
    *(ValidatePlan(target) for target in TARGETS),
    ValidatePlan("openai-sft", select=("FT3",)),
    ValidatePlan("openai-sft", ignore=("FT3", "FT108")),
    ValidatePlan("openai-sft", max_tokens=30),
    ValidatePlan("generic-chat", max_tokens=30, encoding="o200k_base"),
    ValidatePlan("openai-sft", max_tokens=120),
    ValidatePlan("openai-sft", counts=(("o200k_base", None),)),
    ValidatePlan("openai-sft", counts=(("o200k_base", 20), ("cl100k_base", 90))),
    ValidatePlan("trl-sft", counts=(("o200k_base", 20), ("o200k_base", None))),
    ValidatePlan("openai-sft", counts=(("o200k_base", 20),), lengths=True),
    ValidatePlan("trl-text", counts=(("cl100k_base", None),)),
    ValidatePlan("openai-dpo", max_tokens=30, counts=(("o200k_base", 20),)),
    ValidatePlan("trl-kto", max_tokens=30, encoding="o200k_base", counts=(("o200k_base", 20),)),
]

#: What people's chats look like, so that most lines are good.
said = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['say "hi"', "\\", "é\n", "\U0001f600", " "]
)
plain_turns = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "user", "assistant"]), "content": said}
)
plain_chats = st.fixed_dictionaries(
    {
        "messages": st.lists(plain_turns, max_size=3).map(
            lambda turns: [
                *turns,
                {"role": "user", "content": "Hi"},
                {"role": "assistant", "content": "Ho"},
            ]
        )
    },
    optional={
        "tools": st.sampled_from(
            [[], None, [{"type": "function", "function": {"name": "f", "parameters": {"a": [1]}}}]]
        ),
        "source": junk,
        "text": st.sampled_from(["", "a", None]),
    },
)

ways_of_writing = st.sampled_from(
    [
        lambda record: orjson_or_json(record),
        lambda record: json.dumps(record).encode(),
        lambda record: json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        lambda record: json.dumps(record, separators=(" ,\t", " : ")).encode(),
        lambda record: json.dumps(record).replace('\\"', "\\u0022").encode(),
        lambda record: json.dumps(record).replace("role", "r\\u006fle").encode(),
    ]
)

CALL = {"id": "1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
TEXT = {"type": "text", "text": "A?"}

#: (what stands in a line, what is put in its place once): faults that only the text shows.
CHANGES = [
    (b'"role"', b'"role": "user", "role"'),
    (b'"role"', b'"role": "assistant", "role"'),
    (b'"content"', b'"content": "", "content"'),
    (b'"content"', b'"content": null, "content"'),
    (b'"messages"', b'"messages": [], "messages"'),
    (b'"a"', b'"a": 1, "a"'),
    (b"[1]", b"[1e300, 18446744073709551617, 1E400]"),
    (b"[1]", b"[-0, 0.10, 123456789012345678901234567890]"),
    (b"[1]", b"[" * 600 + b"]" * 600),
    (b"[1]", b"[" * 500 + b"]" * 500),
    (b'"Hi"', b'"\\u0022\\u0022", "content": "Hi"'),
    (b'"Hi"', b'"Hi", "content": "\\u0022\\u0022\\u0022\\u0022"'),
    (b'"Ho"', b'"Ho", "content": "\\u0022\\u0022\\u0022\\u0022"'),
    (b'"Hi"', b'"\xff"'),
    (b'"Hi"', b'"\\ud800"'),
    (b'"Hi"', b'"\x00"'),
    (b'"Hi"', b'"\\u00a0 \\n"'),
    (b'"Hi"', b'" \t"'),
    (b'"Ho"', b'" \t"'),
    (b'"Ho"', b'""'),
    (b'"Hi"', b'NaN'),
    (b'"Hi"', b'"Hi", "weight": 1E400'),
    (b'"Ho"', b'"Ho", "weight": 0'),
    (b'"Ho"', b'"Ho", "weight": 1.0'),
    (b'"Ho"', b'"Ho", "weight": true'),
    (b'"Ho"', b'"Ho", "weight": 0.00000000000000000000000000000001'),
    (b'"Ho"', b'null, "tool_calls": []'),
    (b'"Ho"', b'null, "tool_calls": [' + json.dumps(CALL).encode() + b"]"),
    (b'"Ho"', b'"", "refusal": "no"'),
    (b'"Ho"', b'[{"type": "text", "text": " "}]'),
    (b'"text": "a"', b'"text": " "'),
    (b'"text":"a"', b'"text":"\\u2003"'),
    (b'"content": "a"', b'"content": [{"type": "text", "text": "a"}]'),
    (b'"Ho"', b'[{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]'),
    (b'"content": "a"', b'"content": ' + json.dumps([TEXT, IMAGE]).encode()),
    (b"https://example.com/a.png", b"data:image/gif;base64,R0lGODlhAQA="),
    (b"https://example.com/a.png", b"data:image/png;base64,%"),
    (b"https://example.com/a.png", b"gs://a"),
    (b"{", b"\xef\xbb\xbf{"),
    (b"}", b"} {}"),
    (b"}", b",}"),
    (b"}", b""),
]  # fmt: skip


def orjson_or_json(record: Any) -> bytes:
    try:
        return orjson.dumps(record)
    except TypeError:  # a number beyond 64 bits, a lone surrogate
        return json.dumps(record, separators=(",", ":")).encode()


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """One line: mostly a good chat, often with some fault in its text or its record."""
    some = plain_chats | plain_chats | tool_chats | chats | pairs | broken_chats() | records
    record = draw(some)
    line: bytes = draw(ways_of_writing)(record)
    for before, after in draw(st.lists(st.sampled_from(CHANGES), max_size=2)):
        line = line.replace(before, after, 1)
    if draw(st.integers(0, 9)) == 0:
        line = line[: draw(st.integers(0, len(line)))]
    if draw(st.integers(0, 19)) == 0 and line:
        place = draw(st.integers(0, len(line) - 1))
        line = line[:place] + draw(st.binary(min_size=1, max_size=1)) + line[place + 1 :]
    return line


ends = st.sampled_from([b"\n", b"\n", b"\r\n", b"\n\n", b"\n \r\n", b"\r"])


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """Some lines with their ends, and perhaps a last one without."""
    written = [line + draw(ends) for line in draw(st.lists(lines(), max_size=6))]
    return b"".join(written) + draw(st.just(b"") | lines())


def reports_of(plan: ValidatePlan, data: bytes) -> tuple[Any, Any]:
    fast, slow = judge_of(plan), Judge(plan)
    slow.certifier = None
    both = Report(), Report()
    for batch in read_stream(io.BufferedReader(io.BytesIO(data)), "x", ReadOptions()):  # type: ignore[arg-type]
        for judge, report in zip((fast, slow), both, strict=True):
            judge.judge(batch, report)
    return both[0].to_json(), both[1].to_json()


@given(blocks(), st.sampled_from(PLANS))
@settings(max_examples=600, deadline=None)
def test_the_fast_judge_and_the_slow_one_give_the_same_report(
    data: bytes, plan: ValidatePlan
) -> None:
    fast, slow = reports_of(plan, data)
    assert fast == slow


@given(tool_chats, st.sampled_from(PLANS[: len(TARGETS)]), ways_of_writing)
@settings(max_examples=400, deadline=None)
def test_both_judges_agree_on_tools(record: Any, plan: ValidatePlan, write: Any) -> None:
    fast, slow = reports_of(plan, write(record))
    assert fast == slow


@pytest.mark.slow
@given(blocks(), st.sampled_from(PLANS))
@settings(max_examples=2_000, deadline=None)
def test_both_judges_agree_on_thousands_of_blocks(data: bytes, plan: ValidatePlan) -> None:
    fast, slow = reports_of(plan, data)
    assert fast == slow


def accept_only_what_fits(line: bytes) -> None:
    record, _ = parse_carefully(line)
    for target in TARGETS:
        certifier = judge_of(ValidatePlan(target)).certifier
        assert certifier is not None
        found = certifier.uncertain([line])
        if not found or found[0][1] is not UNKNOWN:
            assert record is UNPARSED or schema_check(load_target(target).schema).is_valid(record)


@given(lines())
@settings(max_examples=600, deadline=None)
def test_an_acceptor_accepts_only_what_its_schema_accepts(line: bytes) -> None:
    accept_only_what_fits(line)


@pytest.mark.slow
@given(lines())
@settings(max_examples=2_000, deadline=None)
def test_acceptors_are_sound_on_thousands_of_lines(line: bytes) -> None:
    accept_only_what_fits(line)


CLEAN_ROWS: list[dict[str, Any]] = [
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": 'Say "ho"'}]},
    {
        "messages": [
            {"role": "user", "content": [TEXT]},
            {"role": "assistant", "content": [{"type": "text", "text": "B"}]},
        ]
    },
]

TOOL_ROW: dict[str, Any] = {
    "messages": [
        {"role": "system", "content": "Be \\kind\\"},
        {"role": "user", "content": "Weather?"},
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "1", "content": ""},
        {"role": "assistant", "content": "Sun", "weight": 1},
    ],
    "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}],
}


PAIR: Any = {
    "messages": [{"role": "user", "content": "Hi"}],
    "chosen": [{"role": "assistant", "content": "Ho"}],
    "rejected": [{"role": "assistant", "content": "Hum"}],
}


ODD_ROWS: list[dict[str, Any]] = [
    {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "tool_calls": [CALL], "content": "Ho"},
            {"role": "tool", "tool_call_id": "1", "content": "a"},
            {"role": "assistant", "content": "Ho", "weight": 1},
        ],
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {"a": [1]}}}],
    },
    {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "tool", "tool_call_id": "1", "content": [{"type": "text", "text": "a"}]},
            {"role": "assistant", "content": "Ho"},
        ],
        "text": "a",
        "other": [1],
    },
    {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Ho. " * 90},
        ]
    },
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]},
    {"text": "a", "other": " "},
    {"instruction": "Hi", "input": "", "output": "Ho", "text": "a"},
    {"prompt": "Hi", "completion": "Ho"},
    *(
        {"messages": [{"role": "user", "content": parts}, {"role": "assistant", "content": "Ho"}]}
        for parts in ([TEXT, IMAGE], [IMAGE] * 11, [{**TEXT, "image_url": {"url": "gs://a"}}])
    ),
    {
        "messages": [
            {"role": "user", "content": "Hi", "name": "a"},
            {"role": "user", "content": "\u2003\u00a0"},
            {"role": "assistant", "content": "Ho"},
        ]
    },
]


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_both_judges_agree_on_every_change_to_every_kind_of_row(plan: ValidatePlan) -> None:
    fast, slow = judge_of(plan), Judge(plan)
    slow.certifier = None
    for row in [*CLEAN_ROWS, TOOL_ROW, *ODD_ROWS]:
        for line in (json.dumps(row).encode(), orjson.dumps(row)):
            for before, after in CHANGES:
                batch = Batch("x", [1, 2], [line, line.replace(before, after, 1)])
                both = Report(), Report()
                fast.judge(batch, both[0])
                slow.judge(batch, both[1])
                assert both[0].to_json() == both[1].to_json(), batch.items


@pytest.mark.parametrize("record", CLEAN_ROWS, ids=["plain", "parts"])
@pytest.mark.parametrize("target", ["openai-sft", "azure-sft"])
def test_good_rows_take_the_fast_path(record: dict[str, Any], target: str) -> None:
    certifier = judge_of(ValidatePlan(target)).certifier
    assert certifier is not None
    lines = [json.dumps(record).encode(), orjson.dumps(record)]
    assert certifier.uncertain(lines * 2) == []


def test_rows_with_images_take_the_fast_path_only_where_no_rule_looks_at_them() -> None:
    row = {"messages": [{"role": "user", "content": [TEXT, IMAGE]}, CLEAN_ROWS[0]["messages"][1]]}
    line = orjson.dumps(row)
    for plan, found in [
        (ValidatePlan("openai-sft"), [(0, EXACT)]),
        (ValidatePlan("openai-sft", ignore=("FT42", "FT606")), []),
    ]:
        certifier = judge_of(plan).certifier
        assert certifier is not None
        assert certifier.uncertain([line]) == found


def test_rows_whose_tools_no_rule_flags_take_the_fast_path_others_do_not() -> None:
    certifier = judge_of(ValidatePlan("openai-sft")).certifier
    assert certifier is not None
    good = orjson.dumps(TOOL_ROW)
    bad = good.replace(b'"tool_call_id":"1"', b'"tool_call_id":"2"')
    assert certifier.uncertain([good, bad, good]) == [(1, EXACT)]
    certifier = judge_of(ValidatePlan("openai-sft", ignore=("FT4",))).certifier
    assert certifier is not None
    assert certifier.uncertain([good, bad]) == []


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_fast_path(target: str) -> None:
    """Plain chats and texts are clean for certain; of other rows in `messages` at least the shape is."""
    loaded = load_target(target)
    chat: Any = CLEAN_ROWS[0]
    rows = [renderer_named(loaded.renderer).render(one) for one in (chat, {"text": "a"}, PAIR)]
    row = next(row for row in rows if not isinstance(row, Fault))
    certifier = judge_of(ValidatePlan(target)).certifier
    found = certifier.uncertain([orjson.dumps(row)]) if certifier else None
    if loaded.renderer in ("chat", "openai-chat", "text"):
        assert found == []
    elif loaded.turns is None:
        assert found is not None
        assert UNKNOWN not in [standing for _, standing in found]


def test_rows_that_are_no_bytes_are_never_certain() -> None:
    rows: list[Any] = [CLEAN_ROWS[0], json.dumps(CLEAN_ROWS[0])]
    certifier = judge_of(ValidatePlan("openai-sft")).certifier
    assert certifier is not None
    assert certifier.uncertain(rows) == [(0, UNKNOWN), (1, UNKNOWN)]
    report = Report()
    judge_of(ValidatePlan("openai-sft")).judge(Batch("x", [1], rows[:1]), report)
    assert (report.records, report.invalid) == (1, 0)
