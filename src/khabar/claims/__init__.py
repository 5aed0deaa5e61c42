"""Who says what: reported speech with its source, its content, its stance and the outlets that relayed it."""

from khabar.claims.find import find_claims

__all__ = ["find_claims"]
