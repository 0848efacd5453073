"""What stores raise, as one sentence for the user. Their libraries are known here by names alone."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ftdata.errors import FtdataError, UnreadableSource
from ftdata.storage.addresses import shown

_MOST_CHARACTERS = 200
_LEAST_SECRET = 8  # a shorter value is no key, and would be found in any text
_SECRET_NAME = re.compile("KEY|SECRET|TOKEN|PASSWORD|CONNECTION_STRING")
_QUERY = re.compile(r"(https?://[^\s?\"']*)\?[^\s\"']*")
_NO_CREDENTIALS = re.compile("Credential|NoAuth|ProfileNotFound|SSOToken|LocalTokenNotFound")
_NO_ANSWER = re.compile("Timeout|TimedOut")
_NO_CONNECTION = re.compile("Connect|NameResolution|SSLError|ServiceRequestError")


@contextmanager
def told_as_unreadable(
    path: str, doing: str = "cannot be read", *, but: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Turns whatever a store raises, `but` for some, into UnreadableSource.

    `path` may be the shown form of a URI.
    """
    passed_on: tuple[type[Exception], ...] = (FtdataError, *but)
    try:
        yield
    except passed_on:
        raise
    except Exception as error:
        raise UnreadableSource(shown(path), f"{doing}: {reason_of(error)}") from error


def reason_of(error: BaseException) -> str:
    """One sentence without credentials: what kind of error it is, and what the store says."""
    kinds = _kinds(error)
    said = _without_secrets(" ".join(str(error).split()))[:_MOST_CHARACTERS]
    if isinstance(error, FileNotFoundError):
        meant = "it is not there"
    elif isinstance(error, PermissionError):
        meant = "access is denied"
    elif isinstance(error, (TimeoutError, asyncio.TimeoutError)) or _NO_ANSWER.search(kinds):
        meant = "no answer came in time"
    elif _NO_CREDENTIALS.search(kinds):
        meant = "there are no credentials that can be used"
    elif is_lost_connection(error):
        meant = "the store cannot be reached"
    else:
        return said or type(error).__name__
    return f"{meant} ({said})" if said else meant


def is_lost_connection(error: BaseException | None) -> bool:
    """True where the store was never reached."""
    return isinstance(error, ConnectionError) or bool(_NO_CONNECTION.search(_kinds(error)))


def _kinds(error: object) -> str:
    return " ".join(kind.__name__ for kind in type(error).__mro__)


def _without_secrets(text: str) -> str:
    """What clouds call keys stands in the environment; signed addresses end with their signature."""
    for name, value in os.environ.items():
        if len(value) >= _LEAST_SECRET and _SECRET_NAME.search(name.upper()):
            text = text.replace(value, "***")
    return _QUERY.sub(r"\1?***", text)
