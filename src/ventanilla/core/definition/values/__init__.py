"""The values of fields: read from what people type, written to JSON and read back."""

from ventanilla.core.definition.values.basis import (
    IdentityCheck,
    Raw,
    Reading,
    Unreadable,
    Wrong,
    any_identity,
)
from ventanilla.core.definition.values.fitting import type_of, well_typed
from ventanilla.core.definition.values.reading import read_value
from ventanilla.core.definition.values.storing import decode, encode

__all__ = [
    "IdentityCheck",
    "Raw",
    "Reading",
    "Unreadable",
    "Wrong",
    "any_identity",
    "decode",
    "encode",
    "read_value",
    "type_of",
    "well_typed",
]
