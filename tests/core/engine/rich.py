"""One procedure with everything in it, and commands of every kind for it, sensible or not."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.core.engine.builders import AGENT, CHIEF, FAR_AGENT, OUTSIDER, PARTY, procedure
from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Person, Value
from ventanilla.core.definition.model import Action, Field, FieldType, Step
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    SYSTEM,
    Act,
    Assign,
    Cancel,
    Command,
    Complete,
    Correct,
    Deliver,
    LinkParty,
    Note,
    Open,
    Performer,
    Receive,
    Reopen,
    Tick,
    Wording,
)
from ventanilla.core.engine.state import Agreed, PartyView, Sender, State, Tally

TEXT = """
fields:
  nombre: {type: text, label: Nombre, saves: party.name}
  correo: {type: email, label: Correo, saves: party.email}
  clase: {type: choice, label: Clase, options: {a: A, b: B}}
  monto: {type: decimal, label: Monto}
  urgente: {type: boolean, label: Urgente}
  nota: {type: longtext, label: Nota}
  fecha: {type: date, label: Fecha}
  cuando: {type: datetime, label: Cuándo}
  plazo: {type: duration, label: Plazo}
  encargado: {type: person, label: Encargado}
  docs: {type: files, label: Documentos}
  marcas: {type: choices, label: Marcas, options: {x: X, y: Y}}
  documento: {type: identity, kinds: [pe.dni, pe.ruc], label: Documento}
  punto: {type: geo_point, label: Punto}
  filas:
    type: table
    label: Filas
    columns: {que: {type: text, label: Qué}, cuanto: {type: integer, label: Cuánto}}
  puntos: {type: decimal, label: Puntos}
  cuenta: {type: integer, label: Cuenta, default: 0}
  grupo: {type: choice, label: Grupo, options: {chico: Chico, grande: Grande}}
tables:
  tamano:
    title: Tamaño
    inputs: [clase, monto]
    outputs: [grupo]
    rules:
      - [a, "< 100", chico]
      - ["-", ">= 100", grande]
steps:
  recibir:
    who: agente
    ask: [clase, monto, urgente, nombre, correo, fecha, cuando, plazo, encargado, docs, marcas,
          documento, punto, filas, nota]
    do: [Saludar, {item: Ofrecer agua, optional: true}]
  valorar: {decide: tamano}
  anotar:
    record:
      lifecycle: activo
      city: '"Lima"'
      executive: encargado
      activity: {kind: feria, on: fecha}
    skip_if: empty(nombre)
  pedir: {who: agente, send: pedido}
  esperar:
    wait: {for: message, into: docs}
    remind: {every: 1 day, times: 2, send: recordatorio}
    give_up: {after: 5 days, go: revisar}
    within: 3 business days
  revisar:
    who: {person: encargado, else: jefe}
    ask: [urgente, fecha]
    within: 8 business hours
    requires: [{if: known(clase), say: Falta la clase.}]
    next:
      - {if: clase == "a" and known(fecha), go: aguardar}
      - {if: urgente, go: pedir}
      - {go: cerrar}
  aguardar:
    wait: {for: date, at: fecha}
    give_up: {after: 20 days, end: nunca}
  cerrar: {send: final, end: hecho}
  retomar: {who: jefe, next: [{if: urgente, go: pedir}, {end: retomado}]}
reopen: retomar
tracks:
  lado:
    title: Al lado
    from: sent pedido
    until: done revisar
    steps:
      vigilar: {who: agente, ask: [nota]}
      contar: {who: jefe, score: trato}
      sumar: {score: trato}
      visar: {approve: {by: [jefe, agente], back: vigilar, four_eyes: true}, end: visado}
  archivos:
    title: Archivos
    from: acted solicitar
    steps:
      esperar_archivos:
        wait: {for: files, into: docs}
        remind: {after: 1 day, times: 1, send: recordatorio}
        give_up: {after: 3 days, end: sin_archivos}
        end: con_archivos
actions:
  solicitar: {title: Solicitar, who: agente, if: known(clase), send: pedido}
  saltar: {title: Saltar, who: [jefe, party.executive], go: revisar}
  contar_charla: {who: agente, record: {activity: charla, if: party.lifecycle != "antiguo"}}
  anotar_mas: {title: Anotar, who: [agente, jefe], ask: [nota, correo], set: {urgente: true}}
  suspender: {who: jefe, suspend: {deadline: total, from: cuando, reason: nota}}
  reanudar: {who: jefe, resume: total}
  ampliar:
    who: jefe
    extend: {deadline: total, by: 2 business days, times: 2, percent: 90, reason: nota}
    send: pedido
  glosar: {title: Glosar, who: [agente, jefe], entry: {catalogue: glosas}, ask: [nota]}
catalogues:
  glosas: {file: tables/glosas.csv}
questionnaires:
  trato:
    questions: {urgente: {true: 2, false: 0}, clase: {a: 1.5, b: 0}}
    points: puntos
    band: grupo
    bands: {chico: "< 2", grande: ">= 2"}
rules:
  - {on: returned visar, do: {set: {cuenta: cuenta + 1}}}
  - {on: entry G2, do: {set: {urgente: true}}}
  - {on: set urgente, if: urgente, do: {set: {cuenta: cuenta + 1}}}
  - {on: late total, do: {send: aviso}}
  - {on: alarm total.mitad, if: urgente, do: {go: revisar}}
  - {on: met respuesta, do: {record: {lifecycle: activo}}}
  - {on: received, do: {set: {nota: '"Llegó a las " + time_text(now)'}}}
  - {on: closed, do: {send: encuesta}}
deadlines:
  total:
    title: Total
    from: [opened, reopened]
    until: closed
    within: 5 business days
    waits: [esperar, aguardar]
    alarms:
      - {name: mitad, at: at 50%, to: jefe, say: Va la mitad}
      - {name: antes, at: 2 business hours before, to: jefe, say: Falta poco}
      - {name: despues, at: 1 day after, to: jefe, say: Ya pasó}
  respuesta:
    title: Respuesta
    from: [opened, received]
    until: [sent pedido, sent final]
    within: {agreement: plazo, value: plazo, else: 48 hours}
    restart: true
  dato:
    title: Dato
    from: set fecha
    since: fecha
    until: closed
    cancel: done revisar
    within: 10 days
"""
LETTERS = {
    "pedido": "Hola {{ sender.name }}, soy {{ agent.name }}. {{ nota }}",
    "recordatorio": "Seguimos esperando ({{ datetime_text(now) }}).",
    "aviso": "Se pasó {{ datetime_text(deadline.total) }}.",
    "final": "Listo: {{ grupo }}, {{ monto }}.",
    "encuesta": "¿Qué tal, {{ party.name }}?",
}
SHEETS = {"glosas": "code,label,valid_from\nG1,Llamada,\nG2,Visita,2026-03-20\n"}
RICH = procedure(TEXT, LETTERS, SHEETS)

PERFORMERS = (AGENT, CHIEF, FAR_AGENT, OUTSIDER, PARTY, SYSTEM)
JUMPS = (
    timedelta(0),
    timedelta(minutes=1),
    timedelta(minutes=59, seconds=7),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=20),
)
BACK = (*[timedelta(0)] * 10, timedelta(minutes=30), timedelta(days=2))

_TEXTS = st.sampled_from(["", "Ana", "ñandú\nsí", " x ", "💡", "\ud800"]) | st.text(max_size=8)
_DATES = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))
_INSTANTS = st.integers(0, 500_000).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
_FILES = st.lists(st.sampled_from(["uno.pdf", "dos.jpg"]), max_size=2).map(tuple)
_IDENTITIES = st.builds(
    Identity, kind=st.sampled_from(["pe.dni", "pe.ruc"]), number=st.just("12345678")
)
_POINTS = st.builds(
    GeoPoint,
    latitude=st.decimals(-90, 90, places=5),
    longitude=st.decimals(-180, 180, places=5),
)
_ROWS = st.lists(
    st.builds(
        lambda what, amount: Entry(cells=(("que", what), ("cuanto", amount))),
        _TEXTS,
        st.none() | st.integers(-5, 5),
    ),
    max_size=2,
).map(tuple)
_PEOPLE = st.builds(Person, key=st.sampled_from([AGENT.id, OUTSIDER.id]), name=_TEXTS)

VALUES: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.TEXT: _TEXTS,
    FieldType.LONGTEXT: _TEXTS,
    FieldType.EMAIL: st.sampled_from(["ana@cliente.example", "b@c.example"]),
    FieldType.CHOICE: st.sampled_from(["a", "b"]),
    FieldType.DECIMAL: st.decimals(-10, 1000, places=2) | st.integers(0, 500),
    FieldType.INTEGER: st.integers(-5, 5),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.DATE: _DATES,
    FieldType.DATETIME: _INSTANTS,
    FieldType.DURATION: st.builds(Span, amount=st.integers(1, 9), unit=st.sampled_from(list(Unit))),
    FieldType.PERSON: _PEOPLE,
    FieldType.FILES: _FILES,
    FieldType.CHOICES: st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
    FieldType.IDENTITY: _IDENTITIES,
    FieldType.GEO_POINT: _POINTS,
    FieldType.TABLE: _ROWS,
}
_TALLIES = st.builds(
    lambda kind, day: Tally(kind=kind, year=day.year, count=1, first=day, last=day),
    st.sampled_from(["feria", "charla"]),
    _DATES,
)
_AGREED = st.builds(
    Agreed,
    name=st.just("plazo"),
    value=VALUES[FieldType.DURATION],
    since=st.none() | _DATES,
    until=st.none() | _DATES,
)
WRONG: st.SearchStrategy[Value] = st.sampled_from(
    ["zzz", 10**30, Decimal("NaN"), ("a", 1), True, Person(key="x"), "\0"]
)


def _right(of: Field) -> st.SearchStrategy[Value]:
    if of.type is FieldType.CHOICE and of.name not in {"clase", "grupo"}:
        return st.sampled_from([option.value for option in of.options])
    return VALUES[of.type]


@st.composite
def filled(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Value]:
    """Values for some of the fields, sometimes of the wrong kind, now and then unknown."""
    values: dict[str, Value] = {}
    for name in names:
        if draw(st.booleans()):
            of = RICH.fields[name]
            right = st.none() | _right(of)
            values[name] = draw(right if draw(st.integers(0, 40)) else WRONG)
    if draw(st.integers(0, 40)) == 0:
        values["nadie"] = "x"
    return values


@st.composite
def commands(draw: st.DrawFn, state: State, now: datetime) -> Command:
    """A command that may come to a case in this state; most are sensible."""
    at = now - draw(st.sampled_from(BACK))
    if draw(st.integers(0, 60)) == 0:
        at = now + timedelta(hours=1)
    if state.opened_at is None and draw(st.integers(0, 9)):
        return draw(_opens(at))
    kind = draw(st.sampled_from(_KINDS if state.active else _REST))
    return draw(kind(state, at))


def _asked(part: Step | Action) -> tuple[str, ...]:
    return tuple(ask.field for ask in part.ask)


def _opens(at: datetime) -> st.SearchStrategy[Open]:
    return st.builds(
        Open,
        number=st.just("2026-00001"),
        channel=st.sampled_from([*["email", "desk", "phone"] * 5, "humo"]),
        office=st.sampled_from([*["centro"] * 9, "norte", "lejos"]),
        happened_at=st.just(at),
        subject=_TEXTS,
        sender=st.builds(Sender, name=_TEXTS, email=st.sampled_from(["", "ana@cliente.example"])),
        party=st.none() | _parties(),
        values=filled(("clase", "nota")),
        message=st.sampled_from(["", "m0"]),
        files=_FILES,
    )


def _parties() -> st.SearchStrategy[PartyView]:
    return st.builds(
        PartyView,
        ref=st.sampled_from(["p1", "p2"]),
        lifecycle=st.sampled_from(["nuevo", "activo"]),
        attributes=st.fixed_dictionaries(
            {}, optional={"name": _TEXTS, "email": VALUES[FieldType.EMAIL], "city": _TEXTS}
        ),
        executive=st.none() | _PEOPLE,
        tallies=st.lists(_TALLIES, max_size=2).map(tuple),
        agreed=st.lists(_AGREED, max_size=2).map(tuple),
    )


def _wordings() -> st.SearchStrategy[Wording | None]:
    return st.sampled_from([None] * 5) | st.builds(
        Wording,
        subject=_TEXTS,
        body=_TEXTS,
        via=st.sampled_from(["", "email", "voice", "letter", "humo"]),
        attachments=_FILES,
    )


@st.composite
def _completes(draw: st.DrawFn, state: State, at: datetime) -> Command:
    known = list(state.active) or ["recibir#1"]
    odd = ["recibir#1", "recibir#9", "nada#1", "esperar#1", "x", "#", "recibir#²"]
    task = draw(st.sampled_from(known if draw(st.integers(0, 9)) else odd))
    step = RICH.steps.get(task.partition("#")[0])
    items = ("1", "2")
    return Complete(
        task=task,
        happened_at=at,
        values=draw(filled(_asked(step))) if step is not None else {},
        checked=items if draw(st.integers(0, 9)) else (),
        wording=draw(_wordings()),
        party=draw(st.none() | _parties()),
        new_party=draw(st.sampled_from(["nuevo-1", "nuevo-1", ""])),
    )


@st.composite
def _acts(draw: st.DrawFn, state: State, at: datetime) -> Command:
    name = draw(st.sampled_from([*RICH.actions, "nada"]))
    action = RICH.actions.get(name)
    return Act(
        action=name,
        happened_at=at,
        values=draw(filled(_asked(action))) if action is not None else {},
        wording=draw(_wordings()),
        new_party=draw(st.sampled_from(["nuevo-1", ""])),
    )


@st.composite
def _delivers(draw: st.DrawFn, state: State, at: datetime) -> Command:
    keys = [f"{name}#{count}" for name, count in state.messages.items()]
    return Deliver(
        key=draw(st.sampled_from([*keys, "pedido#99", "x", "pedido#²"])),
        delivery=draw(st.sampled_from(list(f.Delivery))),
        detail=draw(_TEXTS),
    )


def _receives(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return st.builds(
        Receive,
        message=st.sampled_from(["m1", "m2"]),
        happened_at=st.just(at),
        files=_FILES,
        robot=st.booleans(),
        party=st.none() | _parties(),
    )


def _assigns(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return st.builds(
        Assign,
        task=st.sampled_from([*state.active, "nada#1"]),
        assignee=st.sampled_from(["", AGENT.id, OUTSIDER.id]),
    )


def _others(state: State, at: datetime) -> st.SearchStrategy[Command]:
    happened = st.just(at)
    return st.one_of(
        st.builds(LinkParty, party=_parties()),
        st.builds(Note, text=_TEXTS, happened_at=happened),
        st.builds(
            Correct,
            values=filled(("nombre", "monto", "urgente", "docs", "clase")),
            reason=_TEXTS,
            happened_at=happened,
        ),
    )


def _cancels(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return st.builds(Cancel, reason=_TEXTS, happened_at=st.just(at))


def _reopens(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return st.builds(Reopen, reason=_TEXTS, happened_at=st.just(at))


def _ticks(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return st.just(Tick())


def _opens_again(state: State, at: datetime) -> st.SearchStrategy[Command]:
    return _opens(at)


_REST = [_receives, _reopens, _others, _ticks, _acts, _cancels, _delivers, _opens_again, _assigns]
_KINDS = [*[_completes] * 20, *[_acts] * 3, *[_receives] * 4, *_REST]


def performers(state: State, command: Command) -> st.SearchStrategy[Performer]:
    """Most often somebody who may."""
    return st.sampled_from([CHIEF, AGENT, SYSTEM, SYSTEM, SYSTEM, *PERFORMERS])
