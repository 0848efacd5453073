"""A preference pair in OpenAI's form for those who take it with images: Together and Fireworks."""

from __future__ import annotations

from ftdata.model import Renderer
from ftdata.renderers.openai_preference import render
from ftdata.renderers.rooms import CHAT_PAIR

RENDERER = Renderer(
    name="chat-preference", render=render, takes=frozenset({"rejected", "tools"}), room=CHAT_PAIR
)
