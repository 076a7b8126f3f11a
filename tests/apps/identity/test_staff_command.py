"""`ventanilla staff`: the people of a sheet get accounts and roles, all of them or nobody."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.apps.conftest import House
from ventanilla.identity.models import User
from ventanilla.identity.selectors import organization_of, staff

HEAD = "login,full_name,phone,role,office\n"


def slug_of(house: House) -> str:
    return organization_of(house.agent).slug


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def test_sheet_it_opens_each_account_once_and_gives_every_role(house: House, sheet: Path) -> None:
    sheet.write_text(
        HEAD
        + "Nora@vent.example,Nora Vidal,+51 1 555 0101,orientador,lima\n"
        + "nora@vent.example,Nora Vidal,+51 1 555 0101,coordinador,\n",
        encoding="utf-8",
    )
    said, again = StringIO(), StringIO()

    call_command("staff", str(sheet), organization=slug_of(house), stdout=said)
    call_command("staff", str(sheet), organization=slug_of(house), stdout=again)

    (nora,) = (row for row in staff(house.agent) if row.email == "nora@vent.example")
    assert set(nora.roles) == {("orientador", "lima"), ("coordinador", None)}
    login, password = said.getvalue().split()
    assert login == "nora@vent.example"
    assert User.objects.visible_to(house.agent).get(pk=nora.id).check_password(password)
    assert again.getvalue() == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ana@vent.example,Ana,,jardinera,lima", "rol «jardinera»"),
        ("ana@vent.example,Ana,,orientador,marte", "oficina «marte»"),
        ("ana,Ana,,orientador,lima", "«ana» no es un correo"),
    ],
)
def test_wrong_line_it_is_named_and_nobody_gets_in(
    line: str, told: str, house: House, sheet: Path
) -> None:
    before = len(staff(house.agent))
    sheet.write_text(f"{HEAD}ok@vent.example,Bea,,orientador,lima\n{line}\n", encoding="utf-8")

    with pytest.raises(CommandError, match=f":3: .*{told}"):
        call_command("staff", str(sheet), organization=slug_of(house), stdout=StringIO())

    assert len(staff(house.agent)) == before


def test_unusable_call_it_says_what_is_missing(house: House, sheet: Path) -> None:
    sheet.write_text("login,name\n", encoding="utf-8")

    with pytest.raises(CommandError, match="falta la columna «full_name»"):
        call_command("staff", str(sheet), organization=slug_of(house))
    with pytest.raises(CommandError, match="no se puede leer"):
        call_command("staff", str(sheet.with_name("nada.csv")), organization=slug_of(house))
    with pytest.raises(CommandError, match="--organization"):
        call_command("staff", str(sheet), organization="nadie")
