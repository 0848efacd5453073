"""Documents cut at their headings; without headings, at their blank lines; without these, where lines are
long, at each line.

Each section is a text to be learned; with --instruction, the answer to it, whose template may name {title}
and {text}. A heading stays with its text, unless the instruction says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ftdata.layouts import qa_pairs, transcript
from ftdata.layouts.document import MAX_CHARACTERS, Line, Piece, leftover, look_ahead
from ftdata.layouts.headings import TitledLine, titled_lines
from ftdata.layouts.prose import as_example
from ftdata.layouts.refusal import Refused
from ftdata.layouts.template import columns_in
from ftdata.model import LayoutOptions, TextLayout

#: Characters; lines of running text that are longer on average are not wrapped.
_LONG_LINE = 200


def recognises(lines: Sequence[str]) -> bool:
    """True for any text that is neither questions and answers nor a transcript."""
    return (
        any(line.strip() for line in lines)
        and not qa_pairs.recognises(lines)
        and not transcript.recognises(lines)
    )


def split(
    lines: Iterable[Line],
    options: LayoutOptions,
    count: Callable[[str], int],  # noqa: ARG001 - sections are not cut by tokens
) -> Iterator[Piece]:
    """Gives one example for each section. A heading without text goes with the section after it."""
    head, lines = look_ahead(lines)
    cuts = _cuts(head)
    section = _Section()
    for line in titled_lines(lines):
        is_blank = not line.raw.strip()
        ends = line.title is not None or cuts == "lines" or (is_blank and cuts == "blanks")
        if (section.has_text and ends) or section.size > MAX_CHARACTERS:
            yield section.close(options)
            section = _Section(titles=[] if ends else section.titles)
        if not is_blank or section.raw:
            section.add(line)
    if section.raw:
        yield section.close(options)


def _cuts(head: Sequence[str]) -> Literal["headings", "blanks", "lines"]:
    """Tells where a document is cut. Long lines without a blank one among them are paragraphs."""
    if any(line.title is not None for line in titled_lines(enumerate(head))):
        return "headings"
    text = "\n".join(head).strip()
    lines = text.split("\n")
    if all(line.strip() for line in lines) and len(text) > _LONG_LINE * len(lines):
        return "lines"
    return "blanks"


@dataclass
class _Section:
    """The lines of a section, below its headings."""

    number: int = 0
    titles: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)  # all lines, the headings too
    lines: list[str] = field(default_factory=list)
    has_text: bool = False
    size: int = 0  # in characters

    def add(self, line: TitledLine) -> None:
        """Adds a line that is not blank, or that stands below one that is not."""
        self.number = self.number or line.number
        self.raw.append(line.raw)
        self.size += len(line.raw) + 1
        if line.title is not None:
            self.titles.append(line.title)
        else:
            self.lines.append(line.raw)
            self.has_text = self.has_text or bool(line.raw.strip())

    def close(self, options: LayoutOptions) -> Piece:
        """Gives the example; or what is left over, where there are only headings; or the fault that the
        instruction asks for a title that is not there.
        """
        if not self.has_text:
            return leftover(self.number, "\n".join(self.raw).strip())
        says_title = options.instruction is not None and "title" in columns_in(options.instruction)
        text = "\n".join(self.lines if says_title else self.raw).strip()
        try:
            return self.number, as_example(" / ".join(self.titles), text, options)
        except Refused as refused:
            return self.number, replace(refused.fault, original="\n".join(self.raw).strip())


TEXT_LAYOUT = TextLayout(
    name="sections",
    title="documents cut at headings or blank lines",
    recognises=recognises,
    split=split,
)
