"""Names of persons, bodies and places, and which thing each means."""

from khabar.names.find import find_names

__all__ = ["find_names"]
