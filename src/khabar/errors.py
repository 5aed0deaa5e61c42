"""Everything that Khabar raises on purpose.

::

    KhabarError
    ├── InputError      an input cannot become a document; names the file and the reason
    ├── EncoderError    the encoder's weights are missing or not what they must be
    ├── LexiconError    a table of words is not well-formed; names the table and the row
    └── RecordError     a record cannot be opened or written
        ├── RecordBusy      another build is writing it
        └── RecordTooNew    a later version of Khabar wrote it
"""


class KhabarError(Exception):
    """Base of all errors that a user may meet; its text is a sentence for the user."""


class InputError(KhabarError):
    """An input that cannot become a document."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class EncoderError(KhabarError):
    """The encoder's weights are missing or not what they must be."""


class LexiconError(KhabarError):
    """A table of words that is not well-formed."""


class RecordError(KhabarError):
    """A record that cannot be opened or written."""


class RecordBusy(RecordError):  # noqa: N818 - reads as what happened
    """Another build is writing this record."""


class RecordTooNew(RecordError):  # noqa: N818
    """The record was written by a later version of Khabar."""
