"""The environments of the consumers, as far as they can be made here."""

from __future__ import annotations

import pytest

from tests.peers.environments import MISTRAL, made

pytestmark = [pytest.mark.peers, pytest.mark.slow]


def test_the_smallest_environment_can_be_made() -> None:
    """All others may be skipped, but where not even this one can be made nothing at all was checked."""
    assert made(MISTRAL).exists()
