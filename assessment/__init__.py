"""Touchstone: organisational-excellence self-assessment, from criteria files to gap reports."""

__version__ = "0.1.0"
