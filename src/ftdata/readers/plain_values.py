"""Python values of any origin as values that JSON can write: text, numbers, booleans, None, lists, dicts."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from ftdata.model import Fault

#: Deeper nesting than this is a fault: JSON writers stop, and so would the rules.
MAX_DEPTH = 200


def plain_row(row: Mapping[Any, Any], *, from_arrow: bool = False) -> dict[str, object] | Fault:
    """Gives a copy of the row in plain values, or a `Fault` that points at what is not plain.

    NaN, NaT and NA of numpy and pandas are None: they mark what is missing. Infinity is text, dates and
    moments are ISO 8601 text, decimals their exact digits, tuples and arrays lists. Where dicts come
    `from_arrow`, and in arrays (as pandas reads a list of structs), their null fields are left out, as
    `arrow_values` explains; a null column stays.
    """
    try:
        return _plain_dict(row, 0, from_arrow, is_row=True)
    except _NotPlain as found:
        steps = [] if found.name == "nested-too-deep" else reversed(found.steps)
        pointer = "".join(f"/{_escaped(step)}" for step in steps)
        return Fault(found.name, found.params, pointer, readable(row))


def readable(value: Any, inside: frozenset[int] = frozenset()) -> Any:
    """Gives any value in a form that JSON can write, for the rejects file: bytes as base64, else its repr.

    `inside` are the containers around it: one that contains itself, or stands too deep, becomes "...".
    """
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return finite(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, (Mapping, list, tuple)):
        if id(value) in inside or len(inside) > MAX_DEPTH:
            return "..."
        inside |= {id(value)}
        if isinstance(value, Mapping):
            return {readable(str(key)): readable(inner, inside) for key, inner in value.items()}
        return [readable(inner, inside) for inner in value]
    return repr(value)


def finite(number: float) -> float | str:
    """Gives the number, or its name where JSON has no number for it."""
    if number - number == 0:
        return number
    return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"


def iso_text(text: str) -> str:
    """Gives a date and time with a T between, and without the zeros that end its fraction."""
    text = text.replace(" ", "T", 1)
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration_text(ticks: int, per_second: int) -> str:
    """Gives a length of time as ISO 8601 text in seconds: PT90.5S."""
    sign = "-" if ticks < 0 else ""
    seconds, rest = divmod(abs(ticks), per_second)
    fraction = f".{rest:0{len(str(per_second)) - 1}}".rstrip("0") if rest else ""
    return f"{sign}PT{seconds}{fraction}S"


def key_text(key: object) -> str:
    """Gives the text of a key that need not be text: a number, or the parts of a column's name."""
    if isinstance(key, (str, int, float)) or key is None:
        return str(key)
    if isinstance(key, tuple):  # the column of a DataFrame with several header rows
        return " ".join(str(part) for part in key if part != "")
    raise _NotPlain("not-text", found=f"a key of type {type(key).__name__}")


class _NotPlain(Exception):
    """Carries the place, from the inside out, on its way up."""

    def __init__(self, name: str, **params: object) -> None:
        self.name = name
        self.params = params
        self.steps: list[object] = []


def _plain(value: Any, depth: int, drop_nulls: bool) -> Any:
    kind = type(value)
    if kind is str:
        return value if value.isascii() else _whole(value)
    if kind is int or kind is bool or value is None:
        return value
    if kind is float:
        return None if value != value else finite(value)
    if depth > MAX_DEPTH:
        raise _NotPlain("nested-too-deep", limit=MAX_DEPTH)
    if isinstance(value, Mapping):
        return _plain_dict(value, depth + 1, drop_nulls)
    if isinstance(value, (list, tuple)):
        return _plain_list(value, depth + 1, drop_nulls)
    if hasattr(value, "dtype") and hasattr(value, "tolist"):  # a numpy scalar or array
        return _plain(value.tolist(), depth + 1, True)
    return _plain_scalar(value)


def _plain_dict(
    value: Mapping[Any, Any], depth: int, drop_nulls: bool, *, is_row: bool = False
) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, inner in value.items():
        name = key if isinstance(key, str) else key_text(key)
        try:
            if name in plain:
                raise _NotPlain("duplicate-key", key=name)
            plain_value = _plain(inner, depth, drop_nulls)
        except _NotPlain as found:
            found.steps.append(name)
            raise
        if plain_value is not None or is_row or not drop_nulls:
            plain[_whole(name)] = plain_value
    return plain


def _plain_list(value: Sequence[Any], depth: int, drop_nulls: bool) -> list[Any]:
    plain: list[Any] = []
    try:
        for inner in value:
            plain.append(_plain(inner, depth, drop_nulls))  # noqa: PERF401  its length is the place of a fault
    except _NotPlain as found:
        found.steps.append(len(plain))
        raise
    return plain


def _plain_scalar(value: Any) -> Any:
    if type(value).__name__ in ("NaTType", "NAType"):  # pandas says so; it need not be imported
        return None
    if isinstance(value, str):
        return _whole(str(value))
    if isinstance(value, (bool, int, float)):
        return finite(value) if isinstance(value, float) else value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, timedelta):
        nanoseconds = getattr(
            value, "nanoseconds", 0
        )  # a pandas Timedelta is finer than its parent
        ticks = value.days * 86_400 * 10**6 + value.seconds * 10**6 + value.microseconds
        return duration_text(ticks * 1000 + nanoseconds, 10**9)
    if isinstance(value, (date, time)):
        return iso_text(value.isoformat())
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        try:
            return bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            raise _NotPlain("not-text", found="bytes that are not UTF-8") from None
    raise _NotPlain("not-text", found=type(value).__name__)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return iso_text(value.isoformat())
    return iso_text(value.astimezone(timezone.utc).isoformat().replace("+00:00", "")) + "Z"


def _whole(text: str) -> str:
    """Gives the text, where it holds no half of a surrogate pair: those cannot be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        escape = f"\\u{ord(text[error.start]):04x}"
        raise _NotPlain("lone-surrogate", escape=escape) from None
    return text


def _escaped(step: object) -> str:
    """A step of a JSON Pointer (RFC 6901)."""
    text = str(step).encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace("~", "~0").replace("/", "~1")
