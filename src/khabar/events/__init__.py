"""Events: what political actors do to or with each other, in the types of PLOVER."""

from khabar.events.find import find_events

__all__ = ["find_events"]
