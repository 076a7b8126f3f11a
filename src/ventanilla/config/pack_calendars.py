"""The calendars of a pack, for the command line that counts on them."""

from collections.abc import Mapping
from pathlib import Path

from ventanilla.core.businesstime import Calendar
from ventanilla.packs.deadline_command import UnusableCall
from ventanilla.packs.reader import NotAPack, compile_pack, find_packs, read_pack


def calendars_of_pack(name: str) -> Mapping[str, Calendar]:
    """The calendars by name of a pack found by name or folder. Raises UnusableCall."""
    known = find_packs()
    try:
        compiled = compile_pack(read_pack(known.get(name) or Path(name)))
    except NotAPack:
        raise UnusableCall(
            f"No hay ningún paquete «{name}»: nombre uno de estos ({', '.join(known)}) o la "
            "carpeta de un paquete."
        ) from None
    if compiled.pack is None:
        raise UnusableCall(f"El paquete «{name}» tiene errores: revíselo con `ventanilla check`.")
    return compiled.pack.calendars
