"""``ventanilla deadline``: what it prints, and what it says to a wrong call."""

import io
import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from ventanilla.core.businesstime import RULES, Calendar, parse_hours
from ventanilla.packs.deadline_command import (
    DONE,
    UNKNOWN,
    UNUSABLE,
    PackCalendars,
    UnusableCall,
    add_arguments,
    no_packs,
    run,
)

CHILE = ("--calendar", "CL", "--from", "2026-09-05T10:00", "--within", "3 business days")


def call(*words: str, pack_calendars: PackCalendars = no_packs) -> tuple[int, str, str]:
    parser = ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    code = run(parser.parse_args(words), out, err=err, pack_calendars=pack_calendars)
    return code, out.getvalue(), err.getvalue()


def changed(option: str, value: str, words: Sequence[str] = CHILE) -> tuple[str, ...]:
    at = words.index(option)
    return (*words[: at + 1], value, *words[at + 2 :])


def demo_pack(pack: str) -> Mapping[str, Calendar]:
    if pack != "demo":
        raise UnusableCall(f"No hay ningún paquete «{pack}»: escriba demo.")
    lima = Calendar.build(
        name="lima",
        zone="America/Lima",
        hours=dict.fromkeys(range(5), parse_hours("08:00-12:00")),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        rule=RULES["pe_administrative"],
    )
    return {"lima": lima}


def test_it_prints_the_instant_with_its_zone() -> None:
    code, out, err = call(*CHILE)

    assert (code, err) == (DONE, "")
    assert out == "2026-09-09T18:00:00-03:00 America/Santiago\n"


def test_json_holds_the_count_that_adds_up_to_the_span() -> None:
    code, out, _ = call(*CHILE, "--json")

    answer = json.loads(out)
    assert code == DONE
    assert answer["due"] == "2026-09-09T18:00:00-03:00"
    assert answer["rule"] == "plain"
    assert sum(day["amount"] for day in answer["days"]) == 3
    assert [day["day"] for day in answer["days"] if day["counted"]] == [
        "2026-09-07",
        "2026-09-08",
        "2026-09-09",
    ]
    assert answer["days"][-1]["until"] == answer["due"]


def test_the_explanation_names_holidays_with_their_source() -> None:
    words = changed("--from", "2026-09-17T10:00")

    _, out, _ = call(*words, "--explain", "--rule", "cl_administrative")

    assert "vie 2026-09-18" in out
    assert "feriado: Día de la Independencia [holidays " in out
    assert "Ley 19.880, art. 25" in out
    assert out.endswith("Suma        3 de 3 días hábiles\n")


@pytest.mark.parametrize(
    ("within", "sum_line"),
    [
        ("90 business minutes", "90 de 90 minutos hábiles"),
        ("20 business hours", "20 de 20 horas hábiles"),
        ("72 hours", "72 de 72 horas"),
        ("2 weeks", "2 de 2 semanas"),
        ("1 quarter", "1 de 1 trimestre"),
        ("0 days", "0 de 0 días corridos"),
        ("1 year", "1 de 1 año"),
    ],
)
def test_the_count_is_summed_in_the_unit_of_the_span(within: str, sum_line: str) -> None:
    _, out, _ = call(*changed("--within", within), "--explain")

    assert out.endswith(f"Suma        {sum_line}\n")


def test_a_day_whose_midnight_is_missing_is_still_told_to_end_at_twenty_four() -> None:
    _, out, _ = call(*CHILE, "--explain")

    assert "sáb 2026-09-05  10:00-24:00" in out
    assert "dom 2026-09-06  01:00-24:00" in out


def test_hours_change_the_public_calendar() -> None:
    _, out, _ = call(*changed("--within", "9 business hours"), "--hours", "09:00-13:00,14:00-18:00")

    assert out.startswith("2026-09-08T10:00:00-03:00")


def test_an_instant_with_an_offset_is_taken_as_it_is() -> None:
    _, out, _ = call(*changed("--from", "2026-09-07T15:00:00Z"))

    assert out.startswith("2026-09-10T18:00:00-03:00")


def test_an_hour_shown_twice_is_its_first_showing() -> None:
    words = changed("--from", "2026-04-04T23:30", changed("--within", "1 hour"))

    _, out, _ = call(*words)

    assert out.startswith("2026-04-04T23:30:00-04:00")


def test_calendars_of_a_pack_bring_their_own_rule_and_hours() -> None:
    words = changed("--calendar", "lima")

    _, out, _ = call(*words, "--pack", "demo", "--json", pack_calendars=demo_pack)

    answer = json.loads(out)
    assert answer["rule"] == "pe_administrative"
    assert answer["due"] == "2026-09-09T12:00:00-05:00"


def test_a_pack_leaves_the_public_calendars_reachable() -> None:
    code, out, _ = call(*CHILE, "--pack", "demo", pack_calendars=demo_pack)

    assert (code, out) == (DONE, "2026-09-09T18:00:00-03:00 America/Santiago\n")


def test_past_the_calendar_it_says_that_it_does_not_know() -> None:
    words = changed("--from", "2030-12-30T10:00")

    code, out, err = call(*words)

    assert (code, out) == (UNKNOWN, "")
    assert "No se sabe" in err
    code, out, err = call(*words, "--json")
    assert (code, err) == (UNKNOWN, "")
    assert json.loads(out)["due"] is None


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (changed("--calendar", "CLL"), "¿Quiso decir «CL»?"),
        (changed("--calendar", "XX"), "como CL-AP o BO-C"),
        (changed("--from", "mañana"), "escriba, por ejemplo, 2026-09-05T10:00"),
        (changed("--from", "2026-09-06T00:30"), "no existe en America/Santiago"),
        (changed("--from", "9999-12-31T23:59"), "entre los años 2019 y 2030"),
        (changed("--from", "0001-01-01T00:00+14:00"), "entre los años 2019 y 2030"),
        (changed("--within", "3 dias"), "use minutes, hours"),
        (changed("--within", "3 bussiness days"), "¿quiso decir «business days»?"),
        (changed("--within", "tres"), "escriba una cantidad y una unidad"),
        (changed("--within", "2000000 days"), "entre 0 y 1000000"),
        ((*CHILE, "--rule", "plaim"), "¿Quiso decir «plain»?"),
        ((*CHILE, "--rule", "zz"), "Las reglas son: plain,"),
        ((*CHILE, "--hours", "9 a 5"), 'por ejemplo "09:00-13:00,14:00-18:00"'),
        ((*CHILE, "--hours", "18:00-09:00"), "escriba intervalos en orden"),
        ((*CHILE, "--pack", "otro"), "quite --pack"),
    ],
)
def test_a_wrong_call_says_the_remedy(words: Sequence[str], remedy: str) -> None:
    code, out, err = call(*words)

    assert (code, out) == (UNUSABLE, "")
    assert remedy in err
    assert err.count("\n") == 1


def test_a_wrong_call_about_a_pack_says_the_remedy() -> None:
    own = changed("--calendar", "lina")

    code, _, err = call(*own, "--pack", "demo", pack_calendars=demo_pack)
    assert (code, "¿Quiso decir «lima»?" in err) == (UNUSABLE, True)

    code, _, err = call(
        *changed("--calendar", "lima"),
        "--pack",
        "demo",
        "--hours",
        "09:00-10:00",
        pack_calendars=demo_pack,
    )
    assert (code, "quite --hours" in err) == (UNUSABLE, True)
