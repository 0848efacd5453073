"""The canonical chat form: what every layout gives and every renderer takes.

Plain dicts with these keys; the types exist for the reader and the type checker only.
"""

from __future__ import annotations

from typing import Any, TypedDict


class Message(TypedDict, total=False):
    """One turn. `role` is always there; `content` is text, a list of parts, or None beside a call."""

    role: str
    content: str | list[dict[str, Any]] | None
    name: str
    tool_calls: list[dict[str, Any]]
    tool_call_id: str
    function_call: dict[str, Any]
    refusal: str
    reasoning_content: str
    weight: int | float


class Example(TypedDict, total=False):
    """One training example.

    Either `messages` (at least one), or `text` for plain language modelling. With `chosen` and
    `rejected`, `messages` is the shared context of a preference pair; with `label`, `messages` ends
    with the judged answer. `item` is what a grader of reinforcement training reads beside the prompt: the
    other keys of the record, as they are.
    """

    messages: list[Message]
    tools: list[dict[str, Any]]
    functions: list[dict[str, Any]]
    parallel_tool_calls: bool
    chosen: list[Message]
    rejected: list[Message]
    label: bool
    item: dict[str, Any]
    text: str
