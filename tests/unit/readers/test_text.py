"""Text in batches, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.table_reading import batches_of, items_of


def test_batches_are_small_in_lines_and_in_characters(tmp_path: Path) -> None:
    many, large = tmp_path / "many.txt", tmp_path / "large.txt"
    many.write_text("line\n" * 4500)
    large.write_text(("x" * 600_000 + "\n") * 5)
    for path, sizes in [(many, [2000, 2000, 500]), (large, [2, 2, 1])]:
        batches = batches_of(path)
        assert [len(batch.items) for batch in batches] == sizes
        assert sum(batch.byte_count for batch in batches) == path.stat().st_size
    assert items_of(many)[-1] == (4500, "line")


@pytest.mark.parametrize(
    ("text", "unterminated"), [("a\nb", True), ("a\nb\n", False), ("a\r", False)]
)
def test_a_last_line_without_its_line_end_is_told(
    tmp_path: Path, text: str, unterminated: bool
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(text.encode())
    assert batches_of(path)[-1].unterminated is unterminated


def test_a_carriage_return_at_the_end_of_a_block_belongs_to_its_line_feed(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"x" * (256 * 1024 - 1) + b"\r\n" + b"y\r" * 3)
    assert [(number, line[:1]) for number, line in items_of(path)] == [
        (1, "x"),
        (2, "y"),
        (3, "y"),
        (4, "y"),
    ]


def test_a_character_that_is_no_text_is_found_across_the_end_of_a_block(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"x" * (256 * 1024 - 3) + b"\xffyy" + b"z\nnext\n")
    (number, fault), last = items_of(path, encoding="utf-8")
    assert (number, fault.name, fault.params["offset"]) == (1, "not-utf8", 256 * 1024 - 3)
    assert last == (2, "next")
