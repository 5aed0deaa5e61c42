"""The words: one TSV table a kind, and `load`, their only reader."""

from khabar.lexicon.load import Row, forms, table

__all__ = ["Row", "forms", "table"]
