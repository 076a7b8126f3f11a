"""Maps of zones: GeoJSON read into plots, and refused when a polygon of it is none.

Nothing of the geometry library is loaded before a pack has a map.
"""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from ventanilla.core.definition.compile import Plot
from ventanilla.core.definition.model import Ring
from ventanilla.core.definition.nodes import Mark, Scalar
from ventanilla.core.definition.problems import Code, Problems

MAX_PLOTS = 5_000
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')


def read_map(file: str, text: str, problems: Problems) -> tuple[Plot, ...]:
    """The areas of a GeoJSON file; what cannot be read is told, where its feature begins."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        problems.add(Code.MAP_UNREADABLE, Mark(file), reason="JSON")
        return ()
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or len(features) > MAX_PLOTS:
        problems.add(Code.MAP_UNREADABLE, Mark(file), reason="FeatureCollection")
        return ()
    marks = _marks(file, text)
    found: list[Plot] = []
    for feature in features:
        mark = next(marks, Mark(file))
        plot = _plot(feature, mark)
        reason = "Polygon" if plot is None else wrong_shape(plot.polygons)
        if reason:
            problems.add(Code.MAP_UNREADABLE, mark, reason=reason)
        elif plot is not None:
            found.append(plot)
    return tuple(found)


def _marks(file: str, text: str) -> Iterator[Mark]:
    for found in _FEATURE.finditer(text):
        before = text[: found.start()]
        yield Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _plot(feature: Any, mark: Mark) -> Plot | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        return None
    corners: Any = geometry.get("coordinates")
    said = feature.get("properties")
    try:
        several = [corners] if kind == "Polygon" else corners
        polygons = tuple(_rings(one) for one in several)
    except (TypeError, ValueError, IndexError):
        return None
    return Plot(
        polygons=polygons,
        properties={
            str(name): Scalar(text=_text(value), mark=mark, exact=False)
            for name, value in (said.items() if isinstance(said, dict) else ())
        },
    )


def _rings(written: Any) -> tuple[Ring, ...]:
    return tuple(tuple((float(corner[0]), float(corner[1])) for corner in ring) for ring in written)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def wrong_shape(polygons: tuple[tuple[Ring, ...], ...]) -> str:
    """Why these are no polygons on the earth; empty when they are."""
    zones = import_module("ventanilla.packs.zones")
    found: str = zones.wrong_shape(polygons)
    return found
