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
    from ftdata.api.comparing import compare
    from ftdata.api.comparison import Comparison
    from ftdata.api.converting import ConversionResult, convert
    from ftdata.api.estimate_result import EstimateResult
    from ftdata.api.estimating import estimate
    from ftdata.api.matrix import MatrixResult, validate_targets
    from ftdata.api.validating import ValidationResult, check_example, validate
    from ftdata.costs.usage import Usage
    from ftdata.model import ReadOptions

__all__ = [
    "Comparison",
    "ConversionResult",
    "EstimateResult",
    "FaultyPrices",
    "FtdataError",
    "MatrixResult",
    "MissingExtra",
    "ReadOptions",
    "UndecidedLayout",
    "UnknownName",
    "UnreadableSource",
    "Usage",
    "UsageError",
    "ValidationResult",
    "VocabularyUnavailable",
    "__version__",
    "check_example",
    "compare",
    "convert",
    "estimate",
    "validate",
    "validate_targets",
]


#: What is imported on first use, and where it is.
_LATER = {
    "Comparison": "ftdata.api.comparison",
    "compare": "ftdata.api.comparing",
    "Usage": "ftdata.costs.usage",
    "ConversionResult": "ftdata.api.converting",
    "convert": "ftdata.api.converting",
    "EstimateResult": "ftdata.api.estimate_result",
    "estimate": "ftdata.api.estimating",
    "MatrixResult": "ftdata.api.matrix",
    "validate_targets": "ftdata.api.matrix",
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
