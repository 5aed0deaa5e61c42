"""What was made of a document for linking, in few bytes: taken out again in less time than it takes to make anew.

It is pickled; what is read back may name nothing but the classes that are put in (a record comes from anywhere).
"""

from __future__ import annotations

import io
import pickle
import zlib
from functools import cache
from typing import Any

from khabar.link.bodies import Body, Passage
from khabar.link.scenes import Scene
from khabar.model import Annotated, Claim, Document, Event, Figure, Origin, Role, Span, Time, Value

_KNOWN = (Annotated, Body, Claim, Document, Event, Figure, Origin, Passage, Role, Scene, Span, Time, Value)


def pack(thing: Any) -> bytes:
    """A thing of the known classes, or of builtin containers of them, as bytes."""
    return zlib.compress(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes) -> Any:
    """The thing again.

    Raises:
        pickle.UnpicklingError: when it names any class or function that `pack` does not put in.
    """
    return _Known(io.BytesIO(zlib.decompress(data))).load()


@cache
def _allowed() -> dict[tuple[str, str], Any]:
    return {(kind.__module__, kind.__qualname__): kind for kind in _KNOWN}


class _Known(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = _allowed().get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"not a thing of linking: {module}.{name}")
        return found
