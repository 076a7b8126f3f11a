"""A digital sale from the call to the quality call: twelve steps, and what is answered at each.

Only the standard library and plain values, because the peer goes through it as well.
"""

from collections.abc import Mapping
from typing import Any

BY_HAND: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("identificar", {"nombre": "Rosa Quispe", "servicio": "internet"}),
    ("pedir_carnet", {"ci": "5551234"}),
    ("revisar_cartera", {"impedido": False}),
    (
        "ubicar",
        {"direccion": "Calle Dos 34", "ubicacion": [-17.3895, -66.1568], "velocidad": 60},
    ),
    ("verificar_capacidad", {"factible": True}),
    ("recibir_requisitos", {"requisitos": ["carnet.jpg", "factura.jpg"]}),
    ("imprimir", {}),
    ("registrar_venta", {"solicitud": "S-000123"}),
    ("seguimiento", {"ejecutada": "2026-03-24"}),
    ("control_calidad", {"satisfecho": True}),
)
"""What waits for somebody; the two messages in between leave by themselves."""

STEPS = 12
LAST, RESULT = "control_calidad", "concretada"
