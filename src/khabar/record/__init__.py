"""The record: one SQLite file with every document, what was found in it, and how documents hang together."""

from khabar.record.record import Record
from khabar.record.search import Found, Hit, Piece

__all__ = ["Found", "Hit", "Piece", "Record"]
