"""Judged answers: an example of another layout beside a `label` that is true or false."""

from __future__ import annotations

from typing import Any

from ftdata.layouts import alpaca, chat, prompt_completion, sharegpt
from ftdata.layouts.cells import kind_of, pointer_to
from ftdata.layouts.names import find_key, lacks_keys
from ftdata.layouts.refusal import Refused, giving_faults
from ftdata.model import Example, Fault, Layout, LayoutOptions

LABELS = ("label", "kto_tag")

#: The layouts of what is judged. Question tables are not among them: their labels are topics.
JUDGED = (alpaca.LAYOUT, prompt_completion.LAYOUT, chat.LAYOUT, sharegpt.LAYOUT)

_VERDICTS = {"true": True, "false": False, "1": True, "0": False}


def recognises(record: Any) -> bool:
    """True for a verdict beside an example of another layout."""
    if not isinstance(record, dict):
        return False
    key = find_key(record, "label", LABELS, {})
    return key is not None and _verdict(record[key]) is not None and _judged(record) is not None


@giving_faults
def to_example(record: Any, options: LayoutOptions) -> Example | Fault:
    """Gives the example with its verdict: `messages` end with the judged answer."""
    is_object = isinstance(record, dict)
    key = find_key(record, "label", LABELS, options.columns) if is_object else None
    layout = _judged(record) if is_object else None
    if key is None or layout is None:
        raise lacks_keys("kto", ["label"] if key is None else ["prompt", "completion"], record)
    label = _verdict(record[key])
    if label is None:
        reason = f"its label is neither true nor false, but {kind_of(record[key])}"
        raise Refused("malformed-turn", pointer_to(key), reason=reason)
    example = layout.to_example(record, options)
    if isinstance(example, Fault):
        return example
    if example["messages"][-1]["role"] != "assistant":
        raise Refused("no-turns")
    return {**example, "label": label}


def uses(record: Any, options: LayoutOptions) -> frozenset[str]:
    """What the judged layout uses, and the verdict."""
    if not isinstance(record, dict):
        return frozenset()
    layout = _judged(record)
    key = find_key(record, "label", LABELS, options.columns)
    carried = layout.uses(record, options) if layout else frozenset()
    return carried if key is None else carried | {key}


def _judged(record: dict[str, Any]) -> Layout | None:
    return next((layout for layout in JUDGED if layout.recognises(record)), None)


def _verdict(value: Any) -> bool | None:
    """Gives the verdict: a boolean, 0 or 1, or these as text."""
    if isinstance(value, bool | int):
        return bool(value) if value in (0, 1) else None
    return _VERDICTS.get(value.strip().casefold()) if isinstance(value, str) else None


LAYOUT = Layout(
    name="kto",
    title="judged answers: prompt, completion, label",
    recognises=recognises,
    to_example=to_example,
    uses=uses,
)
