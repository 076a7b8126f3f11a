"""The look: colours that can be read, time in words, strangers' words made harmless."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.ui.colour import (
    DARK_GROUND,
    LIGHT_GROUND,
    READABLE,
    WHITE,
    Colour,
    NotAColour,
    accent,
    contrast,
)
from ventanilla.ui.foreign import cleaned, plain_text
from ventanilla.ui.look import Look
from ventanilla.ui.wording import (
    Pressure,
    day_words,
    moment_words,
    size_words,
    time_ago,
    time_left,
)

CHANNEL = st.integers(min_value=0, max_value=255)
MONDAY = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


@given(CHANNEL, CHANNEL, CHANNEL)
def test_accent_it_can_be_read_whatever_was_wished(red: int, green: int, blue: int) -> None:
    made = accent(Colour(red=red, green=green, blue=blue))

    assert contrast(made.fill, WHITE) >= READABLE
    assert contrast(made.light_text, LIGHT_GROUND) >= READABLE
    assert contrast(made.dark_text, DARK_GROUND) >= READABLE


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345g", "url(x)"])
def test_colour_it_reads_nothing_but_six_digits(text: str) -> None:
    with pytest.raises(NotAColour):
        Colour.read(text)


def test_accent_style_it_is_served_as_a_sheet_and_nonsense_is_missing(client: Client) -> None:
    sheet = client.get("/acento/b3132b.css")

    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "--accent-fill:#b3132b" in sheet.content.decode()
    assert "immutable" in sheet.headers["Cache-Control"]
    assert client.get("/acento/;}body{.css").status_code == 404


@pytest.mark.parametrize(
    ("left", "words", "pressure"),
    [
        (timedelta(days=3, hours=5), "quedan 3 días", Pressure.CALM),
        (timedelta(hours=47, minutes=59), "quedan 47 horas", Pressure.CALM),
        (timedelta(hours=20), "quedan 20 horas", Pressure.NEAR),
        (timedelta(hours=3), "quedan 3 horas", Pressure.SOON),
        (timedelta(minutes=90), "quedan 90 minutos", Pressure.SOON),
        (timedelta(minutes=1, seconds=5), "queda 1 minuto", Pressure.SOON),
        (timedelta(seconds=20), "vence ahora", Pressure.SOON),
        (-timedelta(minutes=20), "vencido hace 20 minutos", Pressure.LATE),
        (-timedelta(days=2), "vencido hace 2 días", Pressure.LATE),
    ],
)
def test_time_left_it_is_said_in_words(left: timedelta, words: str, pressure: Pressure) -> None:
    told = time_left(MONDAY + left, now=MONDAY)

    assert (told.words, told.pressure) == (words, pressure)


@pytest.mark.parametrize(
    ("on", "spanish", "english"),
    [
        (date(2026, 11, 23), "hoy", "today"),
        (date(2026, 11, 22), "ayer", "yesterday"),
        (date(2026, 11, 24), "mañana", "tomorrow"),
        (date(2026, 11, 27), "viernes 27 de noviembre", "Friday 27 November"),
        (date(2027, 1, 4), "lunes 4 de enero de 2027", "Monday 4 January 2027"),
    ],
)
def test_day_it_is_said_as_people_say_it(on: date, spanish: str, english: str) -> None:
    assert day_words(on, today=MONDAY.date()) == spanish
    with translation.override("en"):
        assert day_words(on, today=MONDAY.date()) == english


def test_moment_it_is_said_on_the_office_clock_also_past_its_midnight() -> None:
    late = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)

    with timezone.override("America/Lima"):
        assert moment_words(late, now=MONDAY) == "hoy, 22:15"
    with timezone.override("UTC"):
        assert moment_words(late, now=MONDAY) == "mañana, 3:15"


def test_ago_it_is_said_in_words() -> None:
    assert time_ago(MONDAY - timedelta(seconds=5), now=MONDAY) == "ahora mismo"
    assert time_ago(MONDAY - timedelta(hours=5), now=MONDAY) == "hace 5 horas"


@pytest.mark.parametrize(
    ("amount", "words"),
    [(1, "1 byte"), (812, "812 bytes"), (45_300, "45 kB"), (3_240_000, "3,2 MB")],
)
def test_size_it_is_said_in_words(amount: int, words: str) -> None:
    assert size_words(amount) == words


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>1</script>'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='https://evil.example'><input></form>",
        "<style>body{background:url(https://evil.example)}</style>",
        "<img src='https://evil.example/pixel.png'>",
        "<svg onload=alert(1)></svg>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<p style='background:url(https://evil.example)'>x</p>",
        "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    ],
)
def test_cleaned_it_leaves_nothing_that_runs_or_asks_outside(evil: str) -> None:
    harmless = cleaned(f"<p>Hola</p>{evil}")

    assert "<p>Hola</p>" in harmless
    for trace in ("script", "onerror", "javascript:", "evil.example", "<form", "style", "svg"):
        assert trace not in harmless


def test_cleaned_it_keeps_pictures_that_travel_inside_and_plain_links() -> None:
    harmless = cleaned(
        "<img src='data:image/png;base64,AAAA' alt='Logo'><a href='https://promperu.example'>x</a>"
    )

    assert 'src="data:image/png;base64,AAAA"' in harmless
    assert 'href="https://promperu.example"' in harmless
    assert "noopener" in harmless


def test_plain_text_it_keeps_words_and_lines() -> None:
    assert plain_text("<p>Uno</p><p>Dos<br>Tres</p>") == "Uno\n\nDos\nTres"


@pytest.mark.parametrize(
    ("name", "short", "monogram"),
    [
        ("Comisión de Promoción del Perú – PROMPERÚ", "PROMPERÚ", "P"),
        ("Municipalidad de Arica", "Municipalidad de Arica", "MA"),
        ("", "", "V"),
    ],
)
def test_look_it_names_the_house_shortly(name: str, short: str, monogram: str) -> None:
    look = Look(organization=name)

    assert (look.short_name, look.monogram) == (short, monogram)


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/x"])
def test_look_it_keeps_the_theme_and_never_leads_to_another_site(
    client: Client, place: str
) -> None:
    answer = client.post("/apariencia/", {"theme": "dark", "next": place})

    assert answer.headers["Location"] == "/"
    assert answer.cookies["tema"].value == "dark"
