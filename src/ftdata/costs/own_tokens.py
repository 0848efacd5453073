"""Tokens counted in another vocabulary -> those of a model whose own is not known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ftdata.catalog.vocabulary_catalog import Vocabulary, vocabulary_for
from ftdata.costs.note import Note
from ftdata.costs.spread import EXACT, Spread, total
from ftdata.model import SCRIPTS


def own_tokens_ratio(model: str, scripts: Mapping[str, int]) -> tuple[Spread, Note]:
    """Gives the ratio of the model's tokens to those of o200k_base, as measured on other texts.

    `scripts` are tokens of the data, or of its beginning, by the kind of text. Empty where the data cannot
    be looked at twice: then each end is that of the kind with the widest one.
    """
    vocabulary = vocabulary_for(model)
    weight = sum(scripts.values())
    if weight:
        parts = [
            _of(vocabulary, kind).times(EXACT.divide(Decimal(tokens), Decimal(weight)))
            for kind, tokens in scripts.items()
        ]
        ratio, seen = total(parts), _shares(scripts, weight)
    else:
        each = [_of(vocabulary, kind) for kind in SCRIPTS]
        ratio = Spread(
            min(one.low for one in each), each[0].expected, max(one.high for one in each)
        )
        seen = "any text"
    whose = vocabulary.title if vocabulary.is_measured else "the model's own vocabulary, not known"
    text = (
        f"tokens are estimated: {_percent(ratio.expected)} of those in o200k_base, "
        f"{_percent(ratio.low)} to {_percent(ratio.high)} ({seen}; {whose})"
    )
    return ratio, Note(text, vocabulary.ratios[SCRIPTS[0]].source)


def _of(vocabulary: Vocabulary, kind: str) -> Spread:
    value = vocabulary.ratios[kind].value
    return Spread(Decimal(value["low"]), Decimal(value["expected"]), Decimal(value["high"]))


def _shares(scripts: Mapping[str, int], weight: int) -> str:
    by_size = sorted(scripts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{100 * tokens // weight} % {kind}" for kind, tokens in by_size if tokens)


def _percent(ratio: Decimal) -> str:
    return f"{round(100 * ratio)} %"
