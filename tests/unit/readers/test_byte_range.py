"""Where a stream is damaged, the range of the damaged line says so, and no other."""

from __future__ import annotations

from ftdata.model import Fault
from ftdata.readers.byte_range import lines_beginning_in

DAMAGE = Fault("unreadable-part", {"reason": "an input/output error"})
BLOCKS = [b"aaa\nbb", b"b\ncc", DAMAGE]


def test_damage_belongs_to_the_range_in_which_its_line_begins() -> None:
    assert list(lines_beginning_in(BLOCKS, 0, 0, 10)) == [b"aaa\nbb", b"b\ncc", DAMAGE]
    assert list(lines_beginning_in([b"\ncc", DAMAGE], 7, 8, None)) == [b"cc", DAMAGE]
    assert list(lines_beginning_in([b"c", DAMAGE], 9, 10, None)) == []


def test_what_stands_before_the_damage_is_given_as_without_it() -> None:
    assert list(lines_beginning_in(BLOCKS, 0, 0, 4)) == [b"aaa\n"]
    assert list(lines_beginning_in(BLOCKS, 0, 0, 5)) == [b"aaa\nbb", b"b\n"]
