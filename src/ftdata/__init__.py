"""Training-data preparation and validation for people who fine-tune language models."""

from ftdata.version import __version__

__all__ = ["__version__"]
