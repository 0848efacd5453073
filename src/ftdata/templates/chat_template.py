"""A chat template, ready to render conversations."""

from __future__ import annotations

from datetime import date
from typing import Any

from ftdata.errors import UsageError
from ftdata.storage import places
from ftdata.templates.conversation import given_messages
from ftdata.templates.loading import TemplateFiles
from ftdata.templates.sandbox import Compiled, Refused, Rendered


class ChatTemplate:
    """The templates of a model and what they are given beside the conversation.

    `today`: the day that templates which write one write. Raises UsageError for what is no template.
    """

    def __init__(self, files: TemplateFiles, today: date) -> None:
        self.files = files
        self.today = today
        self._compiled = {name: _compile(files, name, today) for name in sorted(files.sources)}

    @property
    def has_generation(self) -> bool:
        """True where all of the templates say which words are the model's own."""
        return all(compiled.has_generation for compiled in self._compiled.values())

    def render(
        self, messages: list[dict[str, Any]], tools: Any, options: dict[str, Any]
    ) -> Rendered:
        """Renders as for training: without a prompt for an answer. Raises Refused."""
        values = {
            "documents": None,
            "add_generation_prompt": False,
            **self.files.special_tokens,
            **options,
            "messages": given_messages(messages),
            "tools": tools,
        }
        return self._compiled[self.files.source_for(tools)].render(**values)

    def on_another_day(self) -> ChatTemplate:
        """The same, on a day with another year, month, weekday and number."""
        other = date(self.today.year - 3, self.today.month % 12 + 1, self.today.day % 28 + 1)
        return ChatTemplate(self.files, other)


def _compile(files: TemplateFiles, name: str, today: date) -> Compiled:
    try:
        return Compiled(files.sources[name], today)
    except Refused as fault:
        which = "" if name == "default" else f" {name!r}"
        raise UsageError(
            f"{places.shown(files.path)}: the chat template{which} cannot be compiled: {fault.reason}"
        ) from fault
