"""Rows that Llama 3.2 and 3.3 are tuned with on Bedrock: conversations with one system text at most."""

from __future__ import annotations

from functools import partial

from ftdata.model import Renderer
from ftdata.renderers.converse import converse_row
from ftdata.renderers.rooms import LLAMA

RENDERER = Renderer(
    name="bedrock-llama", render=partial(converse_row, one_system_text=True), room=LLAMA
)
