"""A piece of plain text -> an example: as it is, or as the answer to an instruction."""

from __future__ import annotations

from ftdata.layouts.system import asked_system_turn
from ftdata.layouts.template import fill, parse_template
from ftdata.model import Example, LayoutOptions


def as_example(title: str, text: str, options: LayoutOptions) -> Example:
    """Gives `text`, or with an instruction a conversation in which the text is the assistant's.

    The instruction is a template with {title} and {text}; an empty title that it asks for is treated as
    `options.on_empty` says.
    """
    if options.instruction is None:
        return {"text": text}
    cells = {"title": title, "text": text}
    question = fill(parse_template(options.instruction), cells, "user", options)
    return {
        "messages": [
            *asked_system_turn({}, options),
            {"role": "user", "content": question},
            {"role": "assistant", "content": text},
        ]
    }
