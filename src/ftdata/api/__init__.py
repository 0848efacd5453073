"""The library: validate, convert, estimate and check_example.

Each takes paths (a string, a Path, or a list of them), file objects, iterables of dicts, pandas DataFrames,
pyarrow Tables and RecordBatchReaders, or Hugging Face datasets. Nothing here prints or exits. Faults in
data are findings; exceptions are for callers and derive from `FtdataError`.
"""

from ftdata.api.converting import ConversionResult, convert
from ftdata.api.estimating import EstimateResult, estimate
from ftdata.api.validating import ValidationResult, check_example, validate

__all__ = [
    "ConversionResult",
    "EstimateResult",
    "ValidationResult",
    "check_example",
    "convert",
    "estimate",
    "validate",
]
