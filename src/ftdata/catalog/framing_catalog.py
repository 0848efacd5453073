"""How many tokens a vendor adds around the text of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ftdata.catalog.catalog_file import facts_in, read_catalog_file
from ftdata.model import Fact


@dataclass(frozen=True)
class Framing:
    """Numbers of tokens; `facts` says of each where it stands written."""

    row: int  # once a row
    message: int  # once a message, its role included
    opening: int  # of those, the ones before the message's text
    name: int  # for a message with a name, beside the name's own
    call: int  # for each function call, beside its name and arguments
    function_role: int  # for a message of role function
    tools: int  # for a row with tool definitions, beside their declarations
    tools_with_system: int  # for such a row with a system message
    cookbook_row: int
    cookbook_message: int
    facts: Mapping[str, Fact]


@lru_cache(maxsize=8)
def framing_named(name: str = "openai-chat") -> Framing:
    """Reads `catalog/framing/<name>.toml`; raises UnknownName."""
    facts = facts_in(read_catalog_file("framing", name, kind="framing")["facts"])
    return Framing(**{key: fact.value for key, fact in facts.items()}, facts=facts)
