"""Rows that Amazon Nova is tuned with on Bedrock: conversations of the Converse API.

Thoughts and names are left out: Nova 1 refuses thoughts, and no row has a place for names.
"""

from __future__ import annotations

from ftdata.model import Renderer
from ftdata.renderers.converse import converse_row
from ftdata.renderers.rooms import CONVERSE

RENDERER = Renderer(name="nova", render=converse_row, room=CONVERSE)
