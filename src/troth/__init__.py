"""Troth makes customer trust measurable: from raw records to a trust report."""

__version__ = "0.1.0"

__all__ = ["__version__"]
