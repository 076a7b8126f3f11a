"""A pack of an invented office that asks systems outside and opens cases of other procedures."""

FILES = {
    "pack.yaml": """\
organization: {slug: ventas, name: Ventas de prueba}
calendars: {lapaz: {country: BO}}
offices: {centro: {title: Centro, calendar: lapaz}}
roles: {agente: Agente, jefe: Jefatura}
channels: {phone: {numbers: ["4 420 0400"]}, email: {}}
connectors:
  deuda:
    title: Cartera
    takes: {ci: {type: identity, kinds: [bo.ci]}}
    gives:
      debe: {type: boolean, label: Debe, required: true}
      monto: {type: decimal, label: Monto}
    table: {file: tables/deudas.csv, as_of: 2026-11-20, match: [ci], none: {debe: no}}
  mapa:
    title: Cobertura
    takes: {punto: {type: geo_point}, servicio: {type: text}}
    gives: {llega: {type: boolean, label: Llega, required: true}}
    zones: {file: tables/zonas.geojson, as_of: 2026-11-02, point: punto, match: servicio}
  venta:
    title: Sistema comercial
    kind: order
    takes: {ci: {type: identity, kinds: [bo.ci]}}
    gives: {solicitud: {type: text, label: Solicitud, required: true}}
""",
    "procedures/venta.yaml": """\
code: V-1
title: Venta
version: 1
owner: jefe
fields:
  ci: {type: identity, kinds: [bo.ci], label: Carnet}
  donde: {type: geo_point, label: Ubicación}
  debe: {type: boolean, label: Debe}
  monto: {type: decimal, label: Monto}
  llega: {type: boolean, label: Llega}
  solicitud: {type: text, label: Solicitud}
  salida: {type: text, label: Cómo terminó la instalación}
  visto: {type: boolean, label: Visto bueno}
  nota: {type: text, label: Nota}
steps:
  pedir: {who: agente, ask: [{field: ci, required: true}, donde]}
  cartera: {check: {connector: deuda, fallback: agente}, next: [{if: debe, end: deudor}]}
  cobertura:
    check: {connector: mapa, with: {punto: donde, servicio: '"internet"'}, fallback: agente}
    next: [{if: not llega, end: sin_cobertura}]
  registrar: {check: {connector: venta, fallback: agente, within: 10 minutes}}
  instalar:
    open: {procedure: I-1, with: {carnet: ci}, into: {salida: result}, wait: true}
    give_up: {after: 15 days, end: sin_instalar}
  confirmar: {wait: {for: data, when: visto}, end: concretada}
actions:
  aprobar: {title: Dar el visto bueno, who: jefe, ask: [visto]}
  repetir: {title: Registrar otra vez, who: agente, go: registrar}
  reclamar: {title: Reclamo, who: agente, open: I-1}
rules:
  - {on: unanswered cobertura, do: {set: {nota: '"se preguntó"'}}}
  - {on: answered cartera, do: {set: {nota: '"consultado"'}}}
  - {on: closed I-1, if: salida == "fallida", do: {set: {nota: '"falló"'}}}
""",
    "procedures/instalacion.yaml": """\
code: I-1
title: Instalación
version: 1
owner: jefe
fields:
  carnet: {type: identity, kinds: [bo.ci], label: Carnet}
  bien: {type: boolean, label: Bien}
steps:
  visitar:
    who: agente
    ask: [{field: bien, required: true}]
    next: [{if: bien, end: instalada}]
    end: fallida
""",
    "tables/deudas.csv": "ci,debe,monto\n1234567,sí,120.50\n",
    "tables/zonas.geojson": """\
{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"servicio": "internet", "llega": true},
   "geometry": {"type": "Polygon", "coordinates":
    [[[-66.2, -17.4], [-66.1, -17.4], [-66.1, -17.3], [-66.2, -17.3], [-66.2, -17.4]]]}},
  {"type": "Feature", "properties": {"servicio": "tv", "llega": true},
   "geometry": {"type": "Polygon", "coordinates":
    [[[-66.0, -17.4], [-65.9, -17.4], [-65.9, -17.3], [-66.0, -17.4]]]}}
]}
""",
}

SCENARIOS = """\
- scenario: El carnet que está en la hoja es de un deudor
  procedure: V-1
  start: 2026-11-23T10:00
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "1234567"}
    - expect:
        closed: deudor
        answered: {cartera: table}
        fields: {debe: true, monto: 120.5, nota: consultado}
- scenario: La hoja dice que no debe, y el mapa que el servicio llega
  procedure: V-1
  start: 2026-11-23T10:00
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321", donde: "-17.35,-66.15"}
    - expect:
        answered: {cartera: table, cobertura: zones}
        fields: {debe: false, llega: true}
        tasks: {registrar: agente}
- scenario: Un punto que está en la zona de otro servicio lo responde una persona
  procedure: V-1
  start: 2026-11-23T10:00
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321", donde: "-17.38,-65.95"}
    - expect: {tasks: {cobertura: agente}, fields: {nota: se preguntó}}
    - do: cobertura
      with: {llega: false}
    - expect: {closed: sin_cobertura, answered: {cobertura: person}}
- scenario: Sin ubicación no se puede preguntar al mapa
  procedure: V-1
  start: 2026-11-23T10:00
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321"}
    - expect: {tasks: {cobertura: agente}}
- scenario: El sistema comercial calla, y a los diez minutos la orden es de una persona
  procedure: V-1
  start: 2026-11-23T10:00
  given: {connectors: {mapa: {llega: true}, venta: silent}}
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321", donde: "-17.35,-66.15"}
    - expect: {at: [registrar], tasks: []}
    - do: registrar
      with: {solicitud: A-1}
      as: agente
    - expect: {refused: task_unknown}
    - wait: 9 minutes
    - expect: {tasks: []}
    - wait: 1 minute
    - expect: {tasks: {registrar: agente}}
    - answer: registrar
      with: {solicitud: A-2}
    - expect: {refused: task_gone}
    - do: registrar
      with: {solicitud: A-1}
    - expect:
        answered: {registrar: person}
        fields: {solicitud: A-1}
        opened: [I-1]
        at: [instalar]
- scenario: El sistema contesta más tarde, y la venta espera su instalación y el visto bueno
  procedure: V-1
  start: 2026-11-23T10:00
  given: {connectors: {mapa: {llega: true}, venta: silent}}
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321", donde: "-17.35,-66.15"}
    - wait: 2 minutes
    - answer: registrar
      with: {solicitud: A-1}
    - expect: {answered: {registrar: system}, at: [instalar]}
    - act: repetir
    - expect: {at: [instalar], fields: {solicitud: A-1}}
    - close_other: I-1
      result: fallida
    - expect: {fields: {salida: fallida, nota: falló}, at: [confirmar]}
    - act: aprobar
      with: {visto: yes}
    - expect: {closed: concretada}
- scenario: Quien contesta sin lo que debe volver no ha contestado
  procedure: V-1
  start: 2026-11-23T10:00
  given: {connectors: {deuda: {monto: 5}}}
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321"}
    - expect: {tasks: {cartera: agente}}
- scenario: La instalación que no termina se deja de esperar
  procedure: V-1
  start: 2026-11-23T10:00
  given: {connectors: {mapa: {llega: true}, venta: {solicitud: A-7}, deuda: fails}}
  steps:
    - open: {channel: phone}
    - do: pedir
      with: {ci: "7654321", donde: "-17.35,-66.15"}
    - do: cartera
      with: {debe: no}
    - expect: {at: [instalar]}
    - wait: 15 days
    - expect: {closed: sin_instalar}
"""
