"""How cost grows with the number of documents: the exponent of a power law, and a plot on two logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

Point = tuple[float, float]
Points = Sequence[Point]
_WIDE, _HIGH, _EDGE = 560, 400, 60
_STYLE = "font-family='sans-serif' font-size='12' fill='#333'"


def exponent(points: Points) -> float:
    """The slope of the line of least squares through the logarithms.

    >>> round(exponent([(10, 1), (100, 10), (1000, 100)]), 3)
    1.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
    return slope


def plot(points: Points) -> str:
    """Seconds over documents as SVG, with the curve of n log n through the first point."""
    first, seconds = points[0]
    ideal = [(x, seconds * x * math.log(x) / (first * math.log(first))) for x, _ in points]
    place = _scale([*points, *ideal])
    marks = "".join(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='#b30000'/>" for x, y in map(place, points))
    labels = "".join(
        _text(x, _HIGH - _EDGE + 20, "middle", f"{documents:,.0f}") + _text(x - 8, y - 8, "end", f"{seconds:,.0f} s")
        for (documents, seconds), (x, y) in zip(points, map(place, points), strict=True)
    )
    told = f"Linking: processor seconds over documents. Red: measured, power {exponent(points):.2f}. Grey: n log n."
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDE} {_HIGH}' role='img'><title>{told}</title>"
        f"<rect width='{_WIDE}' height='{_HIGH}' fill='#fff'/>{_line(map(place, ideal), '#999', '5 4')}"
        f"{_line(map(place, points), '#b30000')}{marks}{labels}"
        f"{_text(_WIDE / 2, 24, 'middle', told)}"
        f"<path d='M{_EDGE} {_EDGE / 2 + 10}V{_HIGH - _EDGE}H{_WIDE - 20}' fill='none' stroke='#333'/></svg>\n"
    )


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' {_STYLE}>{words}</text>"


def _scale(points: Points) -> Callable[[Point], Point]:
    """From a point to its place in the picture."""
    (least_x, most_x), (least_y, most_y) = (
        (math.log(min(values)), math.log(max(values))) for values in zip(*points, strict=True)
    )

    def place(point: Point) -> Point:
        across = (math.log(point[0]) - least_x) / (most_x - least_x)
        up = (math.log(point[1]) - least_y) / (most_y - least_y)
        return _EDGE + 30 + across * (_WIDE - 2 * _EDGE - 30), _HIGH - _EDGE - 15 - up * (_HIGH - 2 * _EDGE - 25)

    return place


def _line(points: Iterable[Point], colour: str, dashes: str = "none") -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-dasharray='{dashes}'/>"
