"""Faults of what leads out of a procedure: systems outside, and cases of others."""

from ventanilla.core.definition.problems import Code

V = "procedures/visita.yaml"

OUTSIDE: list[tuple[Code, str, str, str, str] | tuple[Code, str, str, str, str, str]] = [
    (Code.UNKNOWN_CONNECTOR, V, "caja.deuda}", "caja.deudas}", "caja.deudas", "caja.deuda"),
    (Code.UNKNOWN_DATUM, V, "into: {barrio", "into: {bario", "bario", "barrio"),
    (Code.SHEET_COLUMNS, "tables/deudas.csv", "ci,debe", "ci,deuda", "ci,deuda"),
    (
        Code.MAP_UNREADABLE,
        "tables/barrios.geojson",
        "[-77.0, -12.0]",
        "[-77.05, -12.1]",
        '"type": "Feature",',
    ),
    (Code.CONNECTOR_NEEDS, V, ", with: {punto: donde}", "", "mapa,"),
    (Code.ANSWER_OTHER_TYPE, V, "{barrio: zona}", "{barrio: debe}", "debe}, fallback"),
    (Code.ANSWERS_NOTHING, V, ", into: {barrio: zona}", "", "mapa,"),
    (
        Code.WAIT_READS_CLOCK,
        V,
        "when: known(fin)",
        "when: hour(now) > 9",
        "when: hour",
    ),
    (
        Code.OPENS_ITSELF,
        V,
        "{on: unanswered situar, do: {",
        "{on: opened, do: {open: P-3, ",
        "open: P-3",
    ),
    (Code.RELATED_UNDEFINED, V, "outputs: [P-9]", "outputs: [P-8]", "outputs"),
    (Code.UNUSED_CONNECTOR, V, "check: caja.deuda", "do: Mirar", "\x00"),
]
