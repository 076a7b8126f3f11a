"""In which area a point lies. The only module that loads the geometry library."""

from collections import OrderedDict
from collections.abc import Iterator

import shapely
from shapely.errors import ShapelyError

from ventanilla.core.definition.expressions import GeoPoint
from ventanilla.core.definition.model import Area, Ring, Zones

Polygons = tuple[tuple[Ring, ...], ...]


def wrong_shape(polygons: Polygons) -> str:
    """Why these are no polygons on the earth; empty when they are."""
    try:
        shape = _shape(polygons)
    except (ShapelyError, ValueError, IndexError):
        return "Polygon"
    if shape.is_empty or not shape.is_valid:
        return str(shapely.is_valid_reason(shape))
    west, south, east, north = shape.bounds
    return "" if west >= -180 and east <= 180 and south >= -90 and north <= 90 else "longitude"


def areas_at(zones: Zones, point: GeoPoint) -> Iterator[Area]:
    """The areas within which a point lies, in the order of the map; its border belongs to each."""
    tree = _TREES.of(zones)
    spot = shapely.Point(float(point.longitude), float(point.latitude))
    yield from (zones.areas[index] for index in sorted(tree.query(spot, predicate="intersects")))


class _Trees:
    """The search trees of the maps asked last, by the map itself: comparing maps would be slow."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[int, tuple[Zones, shapely.STRtree]] = OrderedDict()

    def of(self, zones: Zones) -> shapely.STRtree:
        kept = self._kept.get(id(zones))
        if kept is None or kept[0] is not zones:
            kept = zones, shapely.STRtree([_shape(area.polygons) for area in zones.areas])
            self._kept[id(zones)] = kept
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept[1]


_TREES = _Trees(most=32)


def _shape(polygons: Polygons) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([(rings[0], list(rings[1:])) for rings in polygons])
