"""A small pack of an invented office that uses most of the language, and ways to spoil it."""

from collections.abc import Mapping

from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.problems import Problem
from ventanilla.packs.reader import PackFiles, compile_pack

PACK = """\
organization: {slug: prueba, name: Oficina de prueba, accent: "#b3132b", language: es}
calendars:
  lima:
    country: PE
    hours: {mon-thu: ["09:00-13:00", "14:00-17:00"], fri: "09:00-13:00"}
    closures: [{on: 2026-12-24, name: Inventario, source: Memorando 4}]
    rule: plain
offices:
  centro: {title: Oficina central, calendar: lima, region: Lima, phone: "01 555 0101"}
  norte: {title: Oficina norte, calendar: lima}
roles:
  orientador: Orientador(a)
  jefe: {title: Jefatura, offices: [centro, norte]}
channels:
  email: {address: mesa@prueba.example, office: centro, opens: P-1}
  phone: {numbers: ["555 0101"], office: centro, opens: P-1}
  web: {office: centro, opens: P-1}
queues:
  consultas:
    title: Consultas
    letter: C
    offices: [centro]
    who: orientador
    services:
      informes: {title: Pedir informes, opens: P-1}
      tramites: {title: Trámites, group: Otros}
counters:
  meson_1: {title: Mesón 1, office: centro, serves: [consultas]}
priorities:
  preferente: {title: Preferente, ahead: 15 minutes}
party:
  attributes:
    nombre: {type: text, label: Nombre}
    documento: {type: identity, kinds: [pe.dni, passport], label: Documento}
  activities: {feria: Feria}
  lifecycle: [desconocido, registrado]
agreements:
  trato: {type: duration, label: Plazo acordado}
"""

PROCEDURE = """\
code: P-1
title: Atención de consultas
version: 2
effective: 2026-03-02
owner: jefe
objective: Que cada consulta tenga respuesta.
scope: {starts: llega la consulta, ends: se responde}
signatures:
  - {concept: Elaborado, position: Analista, on: 2026-01-10}
  - {concept: Aprobado, position: Gerente, on: 2026-01-20}
changes:
  - {version: 2, date: 2026-01, what: Se fija el plazo}
catalogues:
  temas: {file: tables/temas.csv}
fields:
  nombre: {type: text, label: Nombre, saves: party.nombre}
  documento: {type: identity, kinds: [pe.dni, passport], label: Documento, saves: party.documento}
  servicio: {type: choice, label: Servicio, required: true, options: {internet: Internet, tv: TV}}
  tema: {type: choice, label: Tema, catalogue: temas, required: true}
  monto: {type: decimal, label: Monto, required: true}
  cantidad: {type: integer, label: Cantidad, required: true}
  nivel: {type: choice, label: Nivel, options: {bajo: Bajo, alto: Alto}}
  motivo: {type: longtext, label: Motivo, show_if: nivel == "alto"}
  archivos: {type: files, label: Archivos}
  especialista: {type: person, label: Especialista}
  atento: {type: boolean, label: Atento}
  visita: {type: date, label: Fecha de visita}
  hora: {type: datetime, label: Hora}
  etiquetas: {type: choices, label: Etiquetas, options: {a: A, b: B}}
steps:
  registrar:
    title: Registrar la consulta
    who: orientador
    say: [saludo]
    ask: [nombre, documento, servicio, tema, monto, {field: cantidad, required: true}]
    do: [Verificar el documento, {item: Ofrecer folleto, optional: true}]
    within: 24 hours
    requires: [{if: monto > 0, say: El monto debe ser mayor que cero.}]
    record: {nombre: nombre, lifecycle: registrado, activity: feria}
  graduar: {decide: grado}
  marcar: {decide: marcas, skip_if: channel == "phone"}
  repartir:
    next:
      - {if: nivel == "alto", go: derivar}
      - {if: empty(archivos), go: pedir}
  responder:
    who: {person: especialista, else: orientador}
    ask: [especialista, motivo, visita]
    send: {message: respuesta, via: email}
    end: atendida
  derivar: {who: {role: jefe, office: '"norte"'}, do: Asignar, next: responder}
  pedir: {send: pedido}
  esperar:
    wait: {for: files, into: archivos}
    remind: {every: 1 business day, times: 2, send: pedido}
    give_up: {after: 5 business days, end: abandonada}
    next: responder
tracks:
  difusion:
    title: Difusión
    from: done registrar
    until: [acted desistir, entry y]
    steps:
      publicar: {who: orientador, do: [Publicar]}
      valorar: {who: jefe, score: rapidez}
      visar: {approve: {by: [jefe], back: publicar}, end: publicada}
actions:
  desistir: {title: Desiste, who: [orientador, jefe], if: known(nombre), go: responder}
  citar: {who: jefe, requires: [checklist papeles], ask: [hora]}
  ampliar: {who: jefe, extend: {deadline: respuesta, by: 1 day, times: 1}}
  anotar: {title: Anotar, who: orientador, entry: {catalogue: temas}}
portal: {title: Consultas, ask: [nombre], deadlines: [respuesta]}
schedules:
  aviso_mensual: {from: opened, every: 1 month, times: 3, send: pedido}
checklists:
  papeles: {items: {guia: Guía}}
appointments:
  reunion: {at: hora}
rules:
  - {on: late respuesta, if: monto > 100, do: {set: {nivel: alto}, send: demora}}
deadlines:
  respuesta:
    title: Enviar la respuesta
    from: [done registrar, {on: received, if: known(nombre)}]
    until: sent respuesta
    within: {agreement: trato, else: 72 hours}
    alarms: [{name: aviso, at: 12 hours before, to: jefe, say: Vence pronto}]
    cites: Directiva 2, artículo 4
tables:
  grado:
    inputs: [servicio, monto, cantidad]
    outputs: [nivel]
    rules:
      - [internet, "< 100", "-", bajo]
      - [internet, ">= 100", "<= 3", bajo]
      - [internet, ">= 100", ">= 4", alto]
      - [tv, "-", "-", alto]
  marcas: {hit: collect, inputs: [tema], outputs: [etiquetas], file: tables/marcas.csv}
questionnaires:
  rapidez:
    questions: {servicio: {internet: 0, tv: 5}, atento: {true: 1, false: 0}}
    points: cantidad
    band: nivel
    bands: {bajo: "< 3", alto: ">= 3"}
texts:
  trato: "Estimado(a) {{ nombre }}"
  apertura: "{{ text.trato }}:"
scripts:
  saludo:
    phase: Saludo
    text: {phone: "{{ greeting() }}, habla {{ agent.name }}.", else: "{{ greeting() }}."}
    behaviour: Mirar a los ojos
responsibilities:
  jefe: {accountable: all, does: [derivar, valorar, visar, desistir, ampliar]}
  orientador: {does: [registrar, responder, publicar], supports: [derivar], informed: [anotar]}
indicators:
  rapidez:
    count: met(respuesta)
    over: all
    target: {bueno: ">= 90%", malo: "< 90%"}
    every: month
    who: jefe
"""

VISIT = """\
code: P-3
title: Visita al domicilio
version: 1
owner: jefe
related: {inputs: [P-1], outputs: [P-9]}
fields:
  ci: {type: identity, kinds: [pe.dni], label: DNI}
  debe: {type: boolean, label: Tiene deuda}
  donde: {type: geo_point, label: Ubicación}
  zona: {type: text, label: Zona}
  fin: {type: text, label: Cómo terminó la consulta}
steps:
  pedir: {who: orientador, ask: [{field: ci, required: true}, {field: donde, required: true}]}
  revisar: {check: caja.deuda}
  situar:
    check: {connector: mapa, with: {punto: donde}, into: {barrio: zona}, fallback: orientador}
    next: [{if: debe, end: deudor}]
  consultar:
    open: {procedure: P-1, with: {nombre: zona, monto: 10}, into: {fin: result}, wait: true}
    give_up: {after: 5 business days, end: sin_respuesta}
  esperar: {wait: {for: case, of: P-1}}
  completar: {wait: {for: data, when: known(fin)}, end: visitada}
actions:
  preguntar: {title: Abrir otra consulta, who: jefe, open: P-1}
rules:
  - {on: closed P-1, do: {set: {zona: fin}}}
  - {on: unanswered situar, do: {set: {zona: '"norte"'}}}
"""

SYSTEMS = """\
connectors:
  caja.deuda:
    title: Deudas en caja
    takes: {ci: {type: identity, kinds: [pe.dni]}}
    gives: {debe: {type: boolean, label: Tiene deuda, required: true}}
    table: {file: tables/deudas.csv, as_of: 2026-02-20, match: [ci], none: {debe: no}}
  mapa:
    title: Barrios
    takes: {punto: {type: geo_point}}
    gives: {barrio: {type: text, label: Barrio}}
    zones: {file: tables/barrios.geojson, as_of: 2026-01-05, point: punto}
references: {P-9: Instalaciones}
"""

FILES: Mapping[str, str] = {
    "pack.yaml": PACK.replace("channels:", "channels:\n  social: {office: centro, opens: P-3}", 1)
    + SYSTEMS,
    "procedures/consulta.yaml": PROCEDURE,
    "procedures/visita.yaml": VISIT,
    "tables/deudas.csv": "ci,debe\n12345678,sí\n",
    "tables/barrios.geojson": """\
{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"barrio": "Sur"}, "geometry": {"type": "Polygon",
    "coordinates": [[[-77.1, -12.1], [-77.0, -12.1], [-77.0, -12.0], [-77.1, -12.1]]]}}
]}
""",
    "tables/temas.csv": """\
code,label,valid_from,valid_to,area,alias_of
x,Exportar,,,DX,
y,Ferias,2020-01-01,,DF,
""",
    "tables/marcas.csv": "tema;etiqueta\nx;a\n- ;b\n",
    "messages/respuesta.md": """\
---
title: Respuesta
subject: Su consulta sobre {{ tema }}
via: [email]
---
{{ text.apertura }}

Le respondemos antes del {{ datetime_text(deadline.respuesta) }}.
{{ especialista.name }} - {{ lookup(temas, tema, area) }}
""",
    "messages/pedido.md": "---\ntitle: Pedido\nsubject: Archivos\n---\nEnvíe sus archivos.\n",
    "messages/demora.md": "---\ntitle: Demora\nsubject: Demora\n---\nVamos con demora.\n",
}


def spoiled(file: str, old: str, new: str) -> dict[str, str]:
    """The files with one text replaced by another, once."""
    assert old in FILES[file], old
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def compiled(files: Mapping[str, str] = FILES) -> Compiled:
    return compile_pack(PackFiles(name="prueba", files=files))


def place(files: Mapping[str, str], file: str, needle: str) -> tuple[str, int, int]:
    """File, line and column at which a text stands."""
    at = files[file].index(needle)
    before = files[file][:at]
    return file, before.count("\n") + 1, at - before.rfind("\n")


def where(problem: Problem) -> tuple[str, int, int]:
    return problem.mark.file, problem.mark.line, problem.mark.column
