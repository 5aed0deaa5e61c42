"""Frozen dataclasses to JSON values and back, by their type hints.  What the links of a record are stored with."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_PLAIN = frozenset({str, int, float, bool, NoneType})


def encode(value: Any) -> Any:
    """A dataclass, tuple or plain value as something that JSON can hold.

    >>> from khabar.model import Copy
    >>> encode(Copy("a", "b", 0.5, "same sentences"))
    {'first': 'a', 'second': 'b', 'share': 0.5, 'reason': 'same sentences'}
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [item if type(item) in _PLAIN else encode(item) for item in value]
    names = _fields(cast(Hashable, kind))
    return {name: encode(getattr(value, name)) for name in names} if names else value


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def decode(kind: type[Value], data: Any) -> Value:
    """The dataclass `kind` from what `encode` made of it.  Unknown keys are passed over, missing ones take defaults.

    Raises:
        TypeError: when a field without a default is missing.

    >>> from khabar.model import Copy
    >>> decode(Copy, {"first": "a", "second": "b", "share": 0.5, "reason": "same sentences"}).share
    0.5
    """
    hints = _hints(cast(Hashable, kind))
    return kind(**{name: _value(hints[name], item) for name, item in data.items() if name in hints})


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}  # type: ignore[arg-type]


def _value(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if data is None or origin is Literal:
        return data
    if origin in (Union, UnionType):
        return _value(next(option for option in get_args(hint) if option is not NoneType), data)
    if origin is tuple:
        return _items(get_args(hint), data)
    return decode(hint, data) if isinstance(hint, type) and is_dataclass(hint) else data


def _items(hints: tuple[Any, ...], data: Sequence[Any]) -> tuple[Any, ...]:
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_value(hints[0], item) for item in data)
    return tuple(_value(hint, item) for hint, item in zip(hints, data, strict=True))
