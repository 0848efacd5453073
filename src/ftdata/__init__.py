"""Training-data preparation and validation for people who fine-tune language models.

    from ftdata import validate, convert, estimate, check_example

Importing this is cheap: what the functions need is imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftdata.errors import (
    FaultyPrices,
    FtdataError,
    MissingExtra,
    UndecidedLayout,
    UnknownName,
    UnreadableSource,
    UsageError,
    VocabularyUnavailable,
)
from ftdata.version import __version__

if TYPE_CHECKING:
    from ftdata.api.converting import ConversionResult, convert
    from ftdata.api.estimate_result import EstimateResult
    from ftdata.api.estimating import estimate
    from ftdata.api.validating import ValidationResult, check_example, validate
    from ftdata.model import ReadOptions

__all__ = [
    "ConversionResult",
    "EstimateResult",
    "FaultyPrices",
    "FtdataError",
    "MissingExtra",
    "ReadOptions",
    "UndecidedLayout",
    "UnknownName",
    "UnreadableSource",
    "UsageError",
    "ValidationResult",
    "VocabularyUnavailable",
    "__version__",
    "check_example",
    "convert",
    "estimate",
    "validate",
]


#: What is imported on first use, and where it is.
_LATER = {
    "ConversionResult": "ftdata.api.converting",
    "convert": "ftdata.api.converting",
    "EstimateResult": "ftdata.api.estimate_result",
    "estimate": "ftdata.api.estimating",
    "ReadOptions": "ftdata.model",
    "ValidationResult": "ftdata.api.validating",
    "check_example": "ftdata.api.validating",
    "validate": "ftdata.api.validating",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'ftdata' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return __all__
