"""The rule of thumb of OpenAI's cookbook for the number of epochs."""

from __future__ import annotations

from functools import lru_cache

from ftdata.catalog.catalog_file import facts_in, read_catalog_file
from ftdata.model import Fact


@lru_cache(maxsize=1)
def cookbook_rule() -> Fact:
    """Gives it in the shape of a target's fact `epochs`."""
    return facts_in(read_catalog_file("policies", "epochs", kind="policy")["facts"])["cookbook"]
