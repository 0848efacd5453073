"""Reading does not depend on the size of blocks, and the fast parse agrees with the careful one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftdata.model import Batch, ReadOptions, Source
from ftdata.readers import json_array, jsonl
from ftdata.readers.json_careful import UNPARSED, parse_carefully
from ftdata.readers.json_grammar import find_break
from ftdata.readers.json_line import parse_line

Read = Callable[..., Iterator[Batch]]

unhurried = settings(deadline=None)  # other tests may run beside these

# Few letters, so that keys repeat and everything that misleads a counter of quotes comes often.
tricky_text = st.text(st.sampled_from('ab":,{}[]\\ \t\n\u2028é😀\x7f0'), max_size=6)
integers = st.integers(-(10**25), 10**25) | st.sampled_from([2**63, 2**64, -(2**63) - 1, 2**64 - 1])
floats = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | integers | floats | tricky_text | st.text(max_size=5)


class Pairs(list[tuple[str, Any]]):
    """An object that may hold a key twice."""


values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(st.tuples(tricky_text, inner), max_size=4).map(Pairs)
    ),
    max_leaves=12,
)
spaces = st.sampled_from(["", "", "", " ", "\t", "  ", "\r", "\n"])


@st.composite
def json_texts(draw: st.DrawFn) -> str:
    """JSON as people and programs write it: any spaces, any way to escape, keys given twice."""

    def text(value: str) -> str:
        style = draw(st.integers(0, 2))
        if style == 2:
            return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in value) + '"'
        return json.dumps(value, ensure_ascii=style == 1)

    def written(value: Any) -> str:
        space = draw(spaces)
        if isinstance(value, Pairs):
            members = [f"{text(key)}{draw(spaces)}:{written(inner)}" for key, inner in value]
            return f"{space}{{{','.join(members)}{draw(spaces)}}}{draw(spaces)}"
        if isinstance(value, list):
            return f"{space}[{','.join(map(written, value))}{draw(spaces)}]"
        return space + (text(value) if isinstance(value, str) else json.dumps(value)) + draw(spaces)

    return written(draw(values))


@unhurried
@given(json_texts())
@example('{"a": "\\u0022\\u0022", "a": 1}')
@example('{"a": {"\\\\": 1}, "\\\\" : "\\\\\\"", "\\\\": ":"}')
def test_the_fast_parse_agrees_with_the_careful_one(text: str) -> None:
    line = text.encode()
    record, faults = parse_line(line)
    assert (record, faults) == parse_carefully(line)
    assert record == json.loads(text)
    assert find_break(text) is None


@unhurried
@given(json_texts(), st.data())
def test_a_damaged_line_has_faults_and_one_cause(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    rubbish = data.draw(
        st.sampled_from(["", "'", '"', ",", "}", "]", "{", "NaN", "\\", "\0", "1", "\ufeff"])
    )
    line = (text[:place] + rubbish + text[place + data.draw(st.integers(0, 2)) :]).encode()
    unterminated = data.draw(st.booleans())
    record, faults = parse_line(line, unterminated=unterminated)
    assert (record, faults) == parse_carefully(line, unterminated=unterminated)
    try:
        json.loads(line.decode(), parse_constant=refuse)
    except ValueError:
        assert record is UNPARSED
        assert len(faults) == 1
        assert faults[0].params.get("column", 1) >= 1
    else:
        assert record is not UNPARSED or {fault.name for fault in faults} == {"lone-surrogate"}


def refuse(literal: str) -> None:
    raise ValueError(literal)


@unhurried
@given(st.binary(max_size=40) | st.text("{}[]\",:1tfn\\ 'aN-+.e/#", max_size=30).map(str.encode))
def test_any_bytes_give_a_record_or_a_reason(line: bytes) -> None:
    record, faults = parse_line(line)
    assert (record is UNPARSED) <= bool(faults)
    try:
        accepted = orjson.loads(line)
    except orjson.JSONDecodeError:
        return
    assert record == accepted


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws") / "rows"


def read_all(
    read: Read, path: Path, content: bytes, block_bytes: int, *, longest: int = 1000
) -> list[tuple[int, Any]]:
    path.write_bytes(content)
    options = ReadOptions(max_line_bytes=longest)
    batches = list(read(Source("rows", str(path), "any"), options, block_bytes=block_bytes))
    assert sum(batch.byte_count for batch in batches) == len(content) * bool(batches)
    assert not any(batch.unterminated for batch in batches[:-1])
    last = batches[-1].unterminated if batches else False
    return [
        *(pair for batch in batches for pair in zip(batch.numbers, batch.items, strict=True)),
        (0, last),
    ]


pieces = st.sampled_from(
    [
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b'{"a": 1}',
        b'{"b": "',
        b'"}',
        b"[1, 2]",
        b"\xff",
        b"x" * 30,
        b"\xef\xbb\xbf",
    ]
)


@unhurried
@given(st.lists(pieces, max_size=12), st.integers(1, 40), st.integers(1, 40))
def test_any_size_of_block_gives_the_same_lines(
    path: Path, parts: list[bytes], block_bytes: int, longest: int
) -> None:
    content = b"".join(parts)
    whole = read_all(jsonl.read, path, content, 1_000_000, longest=longest)
    assert read_all(jsonl.read, path, content, block_bytes, longest=longest) == whole


@unhurried
@given(st.lists(pieces, max_size=12))
def test_every_line_is_an_item_in_order(path: Path, parts: list[bytes]) -> None:
    content = b'{"a": 1}\n' + b"".join(parts)
    items = read_all(jsonl.read, path, content, 7)[:-1]
    if len(items) > 1 or content.count(b"\n") == 1:
        ends = content.split(b"\n")
        lines = ends if ends[-1] else ends[:-1]
        assert [number for number, _ in items] == list(range(1, len(lines) + 1))
        kept = [line.removesuffix(b"\r") for line in lines]
        assert all(
            item == line
            for (_, item), line in zip(items, kept, strict=True)
            if isinstance(item, bytes)
        )


array_pieces = pieces | st.sampled_from([b"[", b"]", b",", b"{", b"}", b'"', b"\\", b'\\"', b"\n"])


@unhurried
@given(st.lists(array_pieces, max_size=20), st.integers(1, 20), st.integers(1, 60))
def test_any_size_of_block_gives_the_same_elements(
    path: Path, parts: list[bytes], block_bytes: int, longest: int
) -> None:
    content = b"[" + b"".join(parts)
    whole = read_all(json_array.read, path, content, 1_000_000, longest=longest)
    assert read_all(json_array.read, path, content, block_bytes, longest=longest) == whole


@unhurried
@given(
    st.lists(values, max_size=6),
    st.sampled_from([None, 0, 1, 4]),
    st.booleans(),
    st.integers(1, 30),
)
def test_the_elements_of_an_array_are_those_that_json_reads(
    path: Path, elements: list[Any], indent: int | None, plain: bool, block_bytes: int
) -> None:
    text = json.dumps(elements, indent=indent, ensure_ascii=plain)
    items = read_all(json_array.read, path, text.encode(), block_bytes, longest=10**6)[:-1]
    assert [parse_line(item)[0] for _, item in items] == json.loads(text)
    assert all(isinstance(item, bytes) for _, item in items)
    lines = text.encode().split(b"\n")
    for number, item in items:
        assert item.split(b"\n")[0] in lines[number - 1]


@unhurried
@given(st.lists(json_texts(), min_size=1, max_size=5), st.integers(1, 30))
def test_elements_are_cut_where_they_end_however_they_are_written(
    path: Path, texts: list[str], block_bytes: int
) -> None:
    content = f"[{','.join(texts)}]".encode()
    items = read_all(json_array.read, path, content, block_bytes)[:-1]
    assert [item for _, item in items] == [text.strip(" \t\r\n").encode() for text in texts]
