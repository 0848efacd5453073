"""What a chat template does with every row, whatever the data: found once, before any row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ftdata.templates.chat_template import ChatTemplate
from ftdata.templates.counting import RowCounter
from ftdata.templates.probing import Outcome
from ftdata.templates.sandbox import Refused

_ASKED, _ANSWERED, _SYSTEM = "ftqz90001zqtf", "ftqz90002zqtf", "ftqz90003zqtf"
_CHAT = [{"role": "user", "content": _ASKED}, {"role": "assistant", "content": _ANSWERED}]
_WITH_SYSTEM = [{"role": "system", "content": _SYSTEM}, *_CHAT]

#: Tokens such as <|im_start|>, [INST] and <<SYS>>.
_CONTROL = re.compile(r"<[^<>\n]*>|\[[^\[\]\n]*\]|[<>]")
_ROLE = r"(?:system|user|assistant|developer|model|human)\b:?"
_LEADING_ROLES = re.compile(rf"^(?:{_ROLE}\s*)+", re.IGNORECASE)
_TRAILING_ROLES = re.compile(rf"(?:\s*\b{_ROLE})+$", re.IGNORECASE)
_LEAST_WORDS = 3
_SHOWN = 60


def traits(template: ChatTemplate, counter: RowCounter | None) -> Iterator[Outcome]:
    """Gives what is to be said once of a template; nothing where it refuses the plainest conversation."""
    plain = _rendered(template, _CHAT)
    if plain is None:
        return
    yield from _additions(template, plain)
    if _rendered(template.on_another_day(), _CHAT) != plain:
        yield Outcome("template-writes-date", "", {"today": template.today.isoformat()})
    if not template.has_generation:
        yield Outcome("no-generation-blocks", "", {})
    if counter is not None and counter.adds_bos_to(plain):
        yield Outcome("two-bos-tokens", "", {})


def _additions(template: ChatTemplate, plain: str) -> Iterator[Outcome]:
    said = _words(plain.partition(_ASKED)[0])
    if said is None:
        return
    with_system = _rendered(template, _WITH_SYSTEM)
    always = with_system is not None and said in (_words(with_system.partition(_ASKED)[0]) or "")
    to = "every row" if always else "rows without a system turn"
    shown = said if len(said) <= _SHOWN else said[: _SHOWN - 3] + "..."
    yield Outcome("template-adds-text", "", {"said": shown, "to": to})


def _words(text: str) -> str | None:
    """A text without control tokens and the name of its role; None where few words are left."""
    plain = " ".join(_CONTROL.sub(" ", text.replace(_SYSTEM, " ")).split())
    left = _LEADING_ROLES.sub("", _TRAILING_ROLES.sub("", plain))
    return left if len(re.findall(r"[^\W\d_]{2,}", left)) >= _LEAST_WORDS else None


def _rendered(template: ChatTemplate, messages: list[dict[str, Any]]) -> str | None:
    try:
        return template.render(messages, None, {}).text
    except Refused:
        return None
