"""Reading: a file of any kind to documents, already repaired, with the plan that leads back to the file.

Libraries for single formats are loaded when the first file of that format is read.
"""

from khabar.read.files import discover, document_from_text, read, read_all

__all__ = ["discover", "document_from_text", "read", "read_all"]
