"""A role that nobody can hold where a task falls to it is found before anybody waits."""

import pytest

from tests.packs.test_language_reference import BASE_PACK, BASE_PROCEDURE, completed
from ventanilla.core.definition.problems import Code
from ventanilla.packs.reader import PackFiles, compile_pack

PACK = completed(
    BASE_PACK,
    """\
offices:
  centro: {title: Centro, calendar: lima}
  norte: {title: Norte, calendar: lima}
roles: {orientador: Orientador, jefe: {title: Jefatura, offices: [centro]}}
channels: {email: {office: OFFICE, opens: EJ-1}}
""",
)


def told(steps: str, office: str = "centro") -> list[tuple[str, str]]:
    files = {
        "pack.yaml": PACK.replace("OFFICE", office),
        "procedures/e.yaml": completed(BASE_PROCEDURE, steps),
    }
    problems = compile_pack(PackFiles(name="oficina", files=files)).problems
    found = (one for one in problems if one.code is Code.ROLE_NOT_AT_OFFICE)
    return [(one.params["role"], one.params["office"]) for one in found]


@pytest.mark.parametrize(
    ("who", "office", "expected"),
    [
        ("jefe", "centro", []),
        ("jefe", "norte", [("jefe", "norte")]),
        ("orientador", "norte", []),
        ("{role: jefe, office: sede}", "centro", [("jefe", "norte"), ("jefe", "sur")]),
        ("{role: orientador, office: sede}", "centro", [("orientador", "sur")]),
        ("{role: jefe, office: party.nombre}", "centro", []),
        ("{person: quien, else: jefe}", "norte", []),
    ],
)
def test_role_it_is_told_with_the_office_where_nobody_can_hold_it(
    who: str, office: str, expected: list[tuple[str, str]]
) -> None:
    steps = f"""\
fields:
  sede: {{type: choice, label: Sede, options: {{centro: Centro, norte: Norte, sur: Sur}}}}
  quien: {{type: person, label: Quién}}
steps:
  pedir: {{who: orientador, ask: [sede, quien]}}
  atender: {{who: {who}, do: Atender, end: atendida}}
"""

    assert told(steps, office) == expected
