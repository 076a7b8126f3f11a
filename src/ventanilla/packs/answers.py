"""What the installation itself can answer for a system outside: the sheets and maps of the pack."""

from collections.abc import Mapping
from importlib import import_module

from ventanilla.core.definition.expressions import GeoPoint, Value
from ventanilla.core.definition.model import Area, Connector, Zones
from ventanilla.core.engine.answering import UNKNOWN, Found, Missing, Reply, from_table


def local_answer(connector: Connector, given: Mapping[str, Value]) -> Reply:
    """The answer of a connector's sheet, else of its map; one that has neither is unconnected."""
    zones = connector.zones
    if connector.table is not None or zones is None:
        return from_table(connector, given)
    point = given.get(zones.point)
    if not isinstance(point, GeoPoint):
        return Missing(reason=UNKNOWN)
    key = tuple(given.get(name) for name in zones.match)
    found = next((area.answer for area in _areas_at(zones, point) if area.key == key), zones.none)
    if found is None:
        return Missing(reason=UNKNOWN)
    return Found(values=found, source="zones", as_of=zones.as_of.isoformat())


def _areas_at(zones: Zones, point: GeoPoint) -> list[Area]:
    """The areas of a map at a point; the geometry library is loaded by the first map that is."""
    areas = import_module("ventanilla.packs.zones").areas_at(zones, point)
    return [*areas]
