"""Repair: damaged characters put right, every change recorded in a plan that can be replayed and followed back."""

from khabar.repair.fixes import FIXES, repair
from khabar.repair.plan import OffsetMap, Plan, apply, apply_edits, inverse, invert
from khabar.repair.steps import in_steps

__all__ = ["FIXES", "OffsetMap", "Plan", "apply", "apply_edits", "in_steps", "inverse", "invert", "repair"]
