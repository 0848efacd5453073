"""Documents cut into chunks of at most `options.chunk_tokens` tokens, as long as they can be.

Cut between paragraphs; within a paragraph that is too long, between sentences, then words, then characters.
Nothing is lost but white space at the cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from ftdata.errors import UsageError
from ftdata.layouts.atoms import Atom, atoms_of, trimmed
from ftdata.layouts.document import Line, Piece, leftover, look_ahead
from ftdata.layouts.prose import as_example
from ftdata.layouts.refusal import Refused
from ftdata.model import LayoutOptions, TextLayout


def recognises(lines: Sequence[str]) -> bool:  # noqa: ARG001 - every layout is asked
    """Never: only the user knows how long a chunk may be."""
    return False


def split(
    lines: Iterable[Line], options: LayoutOptions, count: Callable[[str], int]
) -> Iterator[Piece]:
    """Gives one example for each chunk, exactly counted. Each text is counted two to four times.

    Raises UsageError where `options.chunk_tokens` is not a positive number.
    """
    limit = options.chunk_tokens
    if limit is None or limit < 1:
        raise UsageError("the layout chunks needs a number of tokens: --chunk-tokens N")
    chunk: list[Atom] = []
    tokens = 0
    for atom in atoms_of(look_ahead(lines)[1], limit, count):
        chunk.append(atom)
        tokens += atom.tokens
        # The whole may have fewer tokens than its parts: words lose theirs for the space between.
        while 4 * tokens > 5 * limit + 64:
            end = _longest(chunk, limit, count)
            yield from _pieces(chunk[:end], limit, options)
            chunk = chunk[end:]
            tokens = sum(atom.tokens for atom in chunk)
    while chunk:
        end = _longest(chunk, limit, count)
        yield from _pieces(chunk[:end], limit, options)
        chunk = chunk[end:]


def _longest(chunk: list[Atom], limit: int, count: Callable[[str], int]) -> int:
    """How many of the first atoms have together at most `limit` tokens; at least one."""
    sums = accumulate(atom.tokens for atom in chunk)
    end = max(1, sum(1 for tokens in sums if tokens <= limit))
    while end > 1 and count(_text(chunk[:end])) > limit:
        end -= 1
    step, grows = 1, True
    while step:
        fits = end + step <= len(chunk) and count(_text(chunk[: end + step])) <= limit
        end += step if fits else 0
        grows = grows and fits
        step = step * 2 if grows else step // 2
    return end


def _pieces(chunk: list[Atom], limit: int, options: LayoutOptions) -> Iterator[Piece]:
    text, number = _text(chunk), _first_line(chunk)
    if not text:
        return
    if len(text) == 1 and chunk[0].tokens > limit:
        yield leftover(number, text)
        return
    try:
        yield number, as_example("", text, options)
    except Refused as refused:
        yield number, replace(refused.fault, original=text)


def _text(chunk: list[Atom]) -> str:
    return trimmed("".join(atom.text for atom in chunk))


def _first_line(chunk: list[Atom]) -> int:
    """The line on which the text begins, below blank ones."""
    atom = next((atom for atom in chunk if atom.text.strip()), chunk[0])
    blank = len(atom.text) - len(atom.text.lstrip())
    return atom.number + atom.text[:blank].count("\n")


TEXT_LAYOUT = TextLayout(
    name="chunks",
    title="documents cut into chunks of tokens",
    recognises=recognises,
    split=split,
)
