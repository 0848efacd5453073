"""What a chat template does with conversations of a shape: refuses, leaves out, encodes twice, trains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.marking import CALL, Mark, Marked, marked
from ftdata.templates.sandbox import Refused, Rendered
from ftdata.templates.shapes import Shape

_MOST_PREFIXES = 64  # a longer conversation is not taken apart to find what the template refuses


class Outcome(NamedTuple):
    """What is to be said of all rows of the shape: the name of a rule, a place, and parameters."""

    rule: str
    pointer: str
    params: dict[str, object]


class Verdict(NamedTuple):
    """All that is to be said of a shape.

    `around`: a row of this shape, rendered, has at most so many bytes more than as JSON; None: unknown.
    """

    outcomes: tuple[Outcome, ...]
    around: int | None


def probe(template: ChatTemplate, shape: Shape, options: dict[str, Any]) -> Verdict:
    """Renders a conversation of the shape with markers; `options` are those of the template.

    Pointers lead into the conversation: /messages/<index> is one of its turns.
    """
    example = marked(shape)
    try:
        rendered = template.render(example.messages, example.tools, options)
    except Refused as refused:
        pointer = "" if refused.takes_too_much else _culprit(template, example, options)
        return Verdict((Outcome("template-refuses", pointer, {"said": refused.reason}),), None)
    absent = [mark for mark in example.marks if mark.text not in rendered.text]
    outcomes = (
        *_dropped(absent),
        *_encoded_twice(example, rendered.text),
        *_written_as_python(example, rendered.text),
        *(_untrained(example, rendered) if template.has_generation else ()),
    )
    return Verdict(outcomes, _around(example, rendered.text))


def _around(example: Marked, text: str) -> int | None:
    """Texts that are written once and as they are take no more bytes than in JSON."""
    if example.tools or any("tool_calls" in message for message in example.messages):
        return None  # these may be written with indents, escapes and in any number
    if any(text.count(mark.text) > 1 for mark in example.marks):
        return None
    return len(text.encode("utf-8", "surrogatepass"))


def _culprit(template: ChatTemplate, example: Marked, options: dict[str, Any]) -> str:
    """Where the refusal comes from: the tools, or the message up to which all goes well."""

    def is_taken(messages: list[dict[str, Any]], tools: Any) -> bool:
        try:
            template.render(messages, tools, options)
        except Refused:
            return False
        return True

    messages = example.messages
    if example.tools and is_taken(messages, None):
        return "/tools"
    if len(messages) > _MOST_PREFIXES:
        return ""
    for end in range(len(messages) - 1, 0, -1):
        if is_taken(messages[:end], example.tools):
            return f"/messages/{end}"
    if len(messages) > 1 and is_taken(messages[1:], example.tools):
        return "/messages/0"
    return ""


def _dropped(absent: list[Mark]) -> Iterator[Outcome]:
    """One outcome for all that is left out alike, at the first of them."""
    lost_calls = {mark.pointer.rpartition("/")[0] for mark in absent if mark.what == CALL}
    groups: dict[str, list[Mark]] = {}
    for mark in absent:
        if mark.what == CALL or mark.pointer.rpartition("/")[0] not in lost_calls:
            groups.setdefault(mark.what, []).append(mark)
    for what, marks in groups.items():
        places = {mark.pointer for mark in marks}
        yield Outcome("template-drops", marks[0].pointer, {"what": what, "times": len(places)})


def _encoded_twice(example: Marked, text: str) -> Iterator[Outcome]:
    found = [
        pointer
        for marker, pointer in example.json_arguments.items()
        if marker and f'\\"{marker}' in text
    ]
    if found:
        yield Outcome("template-encodes-twice", found[0], {"times": len(found)})


def _written_as_python(example: Marked, text: str) -> Iterator[Outcome]:
    found = [pointer for written, pointer in example.python_like.items() if written in text]
    if found:
        yield Outcome("template-writes-python", found[0], {"times": len(found)})


def _untrained(example: Marked, rendered: Rendered) -> Iterator[Outcome]:
    """Answers of which no text lies in a `{% generation %}` block."""
    answers: dict[int, tuple[str, bool]] = {}
    for mark in example.marks:
        at = mark.message
        if at is None or example.messages[at].get("role") != "assistant":
            continue
        place = rendered.text.find(mark.text)
        inside = any(start <= place < end for start, end in rendered.generated)
        pointer, before = answers.get(at, (mark.pointer, False))
        answers[at] = (pointer, before or inside)
    missed = [pointer for pointer, inside in answers.values() if not inside]
    if missed:
        params: dict[str, object] = {"missed": len(missed), "answers": len(answers)}
        yield Outcome("answer-not-marked", missed[0], params)
