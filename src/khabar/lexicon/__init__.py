"""The words: one TSV table a kind, and `load`, their only reader."""

from khabar.lexicon.load import Row, folded_forms, forms, table

__all__ = ["Row", "folded_forms", "forms", "table"]
