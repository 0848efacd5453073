"""One line -> its record, or the one reason why it has none."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest

from ftdata.model import Fault
from ftdata.readers.json_grammar import MAX_DEPTH, find_break
from ftdata.readers.json_line import UNPARSED, kind_of, parse_line


def only_fault(line: str | bytes, *, unterminated: bool = False) -> Fault:
    raw = line.encode("utf-8") if isinstance(line, str) else line
    record, faults = parse_line(raw, unterminated=unterminated)
    assert record is UNPARSED
    [fault] = faults
    assert fault.is_row
    return fault


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("{'a': 1}", 2, "a single quote; JSON keys and text stand in double quotes"),
        ("{\"a\": 'x'}", 7, "a single quote; JSON keys and text stand in double quotes"),
        ('{"a": None}', 7, "the word None; JSON writes null"),
        ('{"a": True}', 7, "the word True; JSON writes true"),
        ('{"a": FALSE}', 7, "the word FALSE; JSON writes false"),
        ('{"a": undefined}', 7, "the word undefined; JSON writes null"),
        ('{"a": yes}', 7, "the word yes stands without double quotes"),
        ('{"a": 1,}', 8, "a trailing comma before '}'"),
        ("[1, 2 , ]", 7, "a trailing comma before ']'"),
        ('{"a": 1,, "b": 2}', 9, "a comma with no key and value before it"),
        ("[1,,2]", 4, "found ',' where a value must stand"),
        ("[,]", 2, "found ',' where a value or ']' must stand"),
        ('{"a":}', 6, "found '}' where a value must stand"),
        ("{a: 1}", 2, "the key a stands without double quotes"),
        ("{1: 1}", 2, "the key 1 stands without double quotes"),
        ("{[1]: 1}", 2, "found '[1]: 1}' where a key in double quotes or '}' must stand"),
        ('{"a" 1}', 6, "found '1}' where ':' must follow the key"),
        ('{"a" = 1}', 6, "found '= 1}' where ':' must follow the key"),
        ('{"a": 1 "b": 2}', 9, "a comma is missing before '\"b\": 2}'"),
        ('{"a": "x" "b": 2}', 11, "a comma is missing before '\"b\": 2}'"),
        ('{"a": 1; "b": 2}', 8, "found '; \"b\": 2}' where ',' or '}' must stand"),
        ("[1}", 3, "found '}' where ',' or ']' must stand"),
        (
            '{"a": "he said "hi""}',
            17,
            'the text before ends here; a double quote inside text is written \\"',
        ),
        (
            '{"a": "he said ""hi"""}',
            17,
            'the text before ends here; a double quote inside text is written \\"',
        ),
        ('{"a": “x”}', 7, "the quotation mark “; JSON keys and text stand in double quotes"),
        ('{"a"：1}', 5, "the full-width ： where ':' must stand"),
        ('{"a":\u00a01}', 6, "U+00A0 (no-break space) outside of quotes"),
        ('{"a":\u20281}', 6, "U+2028 (line separator) outside of quotes"),
        ('\ufeff{"a":1}', 1, "a byte order mark (U+FEFF) inside the file"),
        ('{"a": 1 /* one */}', 9, "a comment; JSON has none"),
        ("// a comment", 1, "a comment; JSON has none"),
        ('{"a": 1} # done', 10, "a comment; JSON has none"),
        (
            '{"a": "C:\\data"}',
            10,
            '\\d is no escape; there are \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
        ),
        ('{"a": "\\u12G4"}', 8, "\\u must be followed by four hexadecimal digits"),
        ('{"a": +1}', 7, "a plus sign; JSON numbers have none"),
        ('{"a": .5}', 7, "found '.5}'; a number needs a digit before its point"),
        ('{"a": -.5}', 7, "the number -.5 has no digit before its point"),
        ('{"a": 5.}', 7, "the number 5. has no digit after its point"),
        ('{"a": 007}', 7, "the number 007 starts with a zero"),
        ('{"a": 0x1F}', 7, "the number 0x1F is hexadecimal; JSON numbers are decimal"),
        ('{"a": 1_000}', 7, "the number 1_000 holds an underscore"),
        ('{"a": 2026-11-21}', 7, "2026-11-21 is not a number; text stands in double quotes"),
        ('{"a": 1},', 9, "a comma after the value; a line holds one value and no comma"),
        ('{"a": 1}}', 9, "one '}' too many"),
        ('{"a": 1}\\n{"b": 2}', 9, "the characters \\n stand where a line break belongs"),
        ('{"a": 1} and more', 10, "found 'and more' after the end of the value"),
        ('"a"b', 4, "found 'b' after the end of the value"),
        ("once upon a time", 1, "the word once stands without double quotes"),
        ("<html>", 1, "found '<html>' where a value must stand"),
        ("```json", 1, "the quotation mark `; JSON keys and text stand in double quotes"),
        ('{"a": [1, 2', 12, "the line ends before the '[' of column 7 closes"),
        ('{"a": "b', 9, "the text that opens at column 7 has no closing quote on this line"),
        ("tru", 4, "the line ends within a value"),
        ("", 1, "nothing stands on the line"),
        ('{"ключ": "é" x}', 14, "found 'x}' where ',' or '}' must stand"),
        ('{\n"a": 1,\n"b" 2}', 5, "found '2}' where ':' must follow the key"),
    ],
)
def test_a_line_that_is_not_json_is_explained(line: str, column: int, reason: str) -> None:
    fault = only_fault(line)
    assert fault.name == "invalid-json"
    assert fault.params == {"column": column, "reason": reason}
    assert len(reason) <= 80, "a message shows no more of a value"


@pytest.mark.parametrize(
    ("line", "name", "params"),
    [
        (b'{"a": "\xe9"}', "not-utf8", {"byte": "0xE9", "offset": 7}),
        (b'{"a": "\xed\xa0\x80"}', "not-utf8", {"byte": "0xED", "offset": 7}),
        (b'{"a": \xf0\x9f\x98', "not-utf8", {"byte": "0xF0", "offset": 6}),
        (b'{"a": NaN}', "nan-or-infinity", {"column": 7, "literal": "NaN"}),
        (b"[-Infinity]", "nan-or-infinity", {"column": 2, "literal": "-Infinity"}),
        (b"[1, nan]", "nan-or-infinity", {"column": 5, "literal": "nan"}),
        (b"[+inf]", "nan-or-infinity", {"column": 2, "literal": "+inf"}),
        (b'{"a": 1}{"b": 2}', "several-values-on-a-line", {"column": 9}),
        (b'{"a": 1}, {"b": 2}', "several-values-on-a-line", {"column": 11}),
        (b'{"a": 1}; [2]', "several-values-on-a-line", {"column": 11}),
        (b'{"a": 1}\r{"b": 2}', "several-values-on-a-line", {"column": 10}),
        (b"1 2", "several-values-on-a-line", {"column": 3}),
        (b"null true", "several-values-on-a-line", {"column": 6}),
        (b'{"a": "b\tc"}', "control-character", {"column": 9, "character": "U+0009 (tab)"}),
        (b'{"a": "b\0c"}', "control-character", {"column": 9, "character": "U+0000 (NUL)"}),
        (b'{"a": 1}\0', "control-character", {"column": 9, "character": "U+0000 (NUL)"}),
        (b"\x0b{}", "control-character", {"column": 1, "character": "U+000B"}),
        (
            b'{"a":\n "b\nc"}',
            "control-character",
            {"column": 4, "character": "U+000A (line break)"},
        ),
        (b'{"a": 1e999}', "number-too-long", {"column": 7, "digits": 4}),
        (b"[-" + b"9" * 400 + b"]", "number-too-long", {"column": 2, "digits": 400}),
        (b"[1" + b"0" * 5000 + b"]", "number-too-long", {"column": 2, "digits": 5001}),
    ],
)
def test_what_has_a_rule_of_its_own_is_named_after_it(
    line: bytes, name: str, params: dict[str, Any]
) -> None:
    fault = only_fault(line)
    assert (fault.name, dict(fault.params)) == (name, params)


@pytest.mark.parametrize(
    "line",
    [
        '{"a": [1, {"b": "text with \\" and \\u00e9',
        '{"a": tru',
        '{"a": -',
        '{"a": 1.',
        '{"a": 1e+',
        '{"a": "\\',
        '{"a": "\\u12',
        '{"a"',
        "[",
    ],
)
def test_only_a_last_line_without_its_end_can_be_cut_off(line: str) -> None:
    cut_off = only_fault(line, unterminated=True)
    assert cut_off.name == "truncated-last-line"
    assert cut_off.params == {"column": len(line) + 1}
    assert only_fault(line).name == "invalid-json"


def test_a_broken_last_line_is_not_called_cut_off() -> None:
    assert only_fault('{"a" 1}', unterminated=True).name == "invalid-json"
    assert only_fault("", unterminated=True).name == "invalid-json"


@pytest.mark.parametrize(
    ("line", "pointers"),
    [
        (r'{"a": "\ud800"}', {"/a": r"\ud800"}),
        (r'{"a": ["x", "\ude00\ud83d"]}', {"/a/1": r"\ude00"}),
        (r'{"\ud83d": 1, "b": {"c": "\ud83d!"}}', {"": r"\ud83d", "/b/c": r"\ud83d"}),
        (r'{"a/b~": {"\udc00": "\ud800"}}', {"/a~1b~0": r"\udc00", r"/a~1b~0/\udc00": r"\ud800"}),
        (r'"\ud83d\ud83d\ude00"', {"": r"\ud83d"}),
    ],
)
def test_half_a_surrogate_pair_is_found_at_its_place(line: str, pointers: dict[str, str]) -> None:
    record, faults = parse_line(line.encode())
    assert record is UNPARSED
    assert {fault.name for fault in faults} == {"lone-surrogate"}
    assert {fault.pointer: fault.params["escape"] for fault in faults} == pointers


@pytest.mark.parametrize(
    ("line", "record", "found"),
    [
        ('{"a": 1, "a": 2}', {"a": 2}, [("", "a")]),
        ('{"a" : 1, "a": 2, "a"\t:3}', {"a": 3}, [("", "a")]),
        (r'{"a": 1, "\u0061": 2}', {"a": 2}, [("", "a")]),
        (r'{"a\\": 1, "a\\": "\":"}', {"a\\": '":'}, [("", "a\\")]),
        (r'{"a": "\u0022\u0022", "a": "\u0022"}', {"a": '"'}, [("", "a")]),
        ('{"b": [0, {"c": 1, "c": 2, "d": 1, "d": 1}]}', None, [("/b/1", "c"), ("/b/1", "d")]),
        ('{"a": {"x": 1, "x": 2}, "a": 3}', {"a": 3}, [("", "a"), ("/a", "x")]),
        ('{"a": {"x": 1, "x": 2}, "a": {"x": 1, "x": 2}}', None, [("", "a"), ("/a", "x")]),
        ('{"": 1, "": {"~/": {"k": 0, "k": 0}}}', None, [("", ""), ("//~0~1", "k")]),
    ],
)
def test_a_key_given_twice_is_found_once_for_each_object(
    line: str, record: Any, found: list[tuple[str, str]]
) -> None:
    parsed, faults = parse_line(line.encode())
    assert record is None or parsed == record
    assert [(fault.pointer, fault.params["key"]) for fault in faults] == found
    assert {fault.name for fault in faults} == {"duplicate-key"}


@pytest.mark.parametrize(
    ("line", "record"),
    [
        (b' {"a": [1, -0.5, 2e3, true, false, null, ""]} ', {"a": [1, -0.5, 2000.0, True, False, None, ""]}),
        (b'{"id": 123456789012345678901234567890}', {"id": 123456789012345678901234567890}),
        (b"[18446744073709551616, -9223372036854775809]", [2**64, -(2**63) - 1]),
        (b"[9223372036854775807, 1e300]", [2**63 - 1, 1e300]),
        (b'{"a": "x \\": y", "b\\\\": "\\\\\\"", "c" : "d :"}', {"a": 'x ": y', "b\\": '\\"', "c": "d :"}),
        (br'{"a": "\ud83d\ude00 \\ud800"}', {"a": "😀 \\ud800"}),
        ('{"a": "\u2028\u0085\x7f"}'.encode(), {"a": "\u2028\u0085\x7f"}),
        (b"42", 42),
        (b'"text"', "text"),
        (b"null", None),
        (b"0." + b"1" * 6000, 1 / 9),
        (b'{"a":\n 1,\n "b" : 2}', {"a": 1, "b": 2}),
    ],
)  # fmt: skip
def test_good_lines_give_exactly_what_they_say(line: bytes, record: Any) -> None:
    parsed, faults = parse_line(line)
    assert faults == []
    assert parsed == record
    assert type(parsed) is type(record)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_deep_nesting_is_found_at_once_at_any_depth(opening: str) -> None:
    closing = "".join({"[": "]", "{": "}"}[c] for c in reversed(opening) if c in "[{")
    levels = len(closing)
    for depth in (MAX_DEPTH, MAX_DEPTH + levels, 1000, 5000, 100_000):
        times = depth // levels
        line = opening * times + "1" + closing * times
        began = time.perf_counter()
        if times * levels <= MAX_DEPTH:
            assert parse_line(line.encode())[1] == []
            continue
        for text in (line, opening * times):
            assert only_fault(text) == Fault("nested-too-deep", {"limit": MAX_DEPTH})
        assert time.perf_counter() - began < 1


def test_a_deep_line_is_not_read_with_a_nearly_full_stack() -> None:
    line = b"[" * MAX_DEPTH + b'"a", "\\u0022"' + b"]" * MAX_DEPTH + b" "

    def at_depth(depth: int) -> Any:
        return at_depth(depth - 1) if depth else parse_line(line)

    record, faults = at_depth(850)
    assert (record is UNPARSED) == bool(faults)


def test_the_grammar_finds_nothing_in_good_json() -> None:
    assert find_break(' {"a": [1, {"b": "\\n"}, [], {}], "c": -1.5e-3} ') is None


def test_unparsed_is_false_and_stays_itself_in_another_process() -> None:
    assert not UNPARSED
    assert pickle.loads(pickle.dumps(UNPARSED)) is UNPARSED  # noqa: S301


def test_values_have_the_names_that_json_gives_them() -> None:
    values = [{}, [], "", True, 1, 1.5, None, b""]
    assert [kind_of(value) for value in values] == [
        "object",
        "array",
        "string",
        "boolean",
        "number",
        "number",
        "null",
        "bytes",
    ]
