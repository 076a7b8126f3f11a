"""Random procedures that run, written as an author would and compiled."""

from random import Random

from tests.core.engine.builders import procedure
from ventanilla.core.definition.model import Procedure

FLAGS = tuple(f"c{number}" for number in range(6))
CLASSES = ("a", "b", "c")
MESSAGES = {"pedido": "¿Nos cuenta más?"}


def runnable(rng: Random, beside: bool = False) -> Procedure:
    """Steps of all kinds. What happens by itself leads forward only: nothing runs for ever.

    With ``beside`` there are clocks, a track, actions and rules beside the steps too.
    """
    names = [f"s{number}" for number in range(rng.randint(2, 14))]
    lines = ["fields:"]
    lines += [f"  {flag}: {{type: boolean, label: {flag}}}" for flag in FLAGS]
    lines += ["  n: {type: integer, label: N}"]
    lines += ["  clase: {type: choice, label: Clase, options: {a: A, b: B, c: C}}"]
    lines += ["steps:", f"  primero: {{who: agente, ask: [{', '.join((*FLAGS, 'n', 'clase'))}]}}"]
    for number, name in enumerate(names):
        earlier, later = ["primero", *names[: number + 1]], names[number + 1 :]
        parts = _step(earlier, later, rng)
        if name == names[-1]:
            parts.append("end: hecho")
        lines.append(f"  {name}: {{{', '.join(parts)}}}")
    if beside:
        lines += _beside(names, rng)
    return procedure("\n".join(lines), MESSAGES)


def _step(earlier: list[str], later: list[str], rng: Random) -> list[str]:
    everywhere = [*earlier, *later]
    match rng.choice(["task", "task", "skipped", "send", "junction", "wait", "approve"]):
        case "task":
            asked = rng.sample([*FLAGS, "n", "clase"], rng.randint(0, 4))
            parts = [f"ask: [{', '.join(asked)}]"] if asked else []
            parts.append("who: {role: agente}")
            return [*parts, *_next(everywhere, rng)]
        case "skipped":
            parts = [
                "who: agente",
                f"ask: [{rng.choice(FLAGS)}]",
                f"skip_if: '{_conditions(1, rng)[0]}'",
            ]
            return [*parts, *_next(later, rng)]
        case "send":
            return ["send: pedido", *_next(later, rng)]
        case "junction":
            return _next(later, rng, least=1) if later else ["who: agente", "ask: [n]"]
        case "wait":
            way = f"go: {rng.choice(everywhere)}" if rng.random() < 0.6 else "end: abandonado"
            clocks = ["remind: {after: 45 days, send: pedido}"] if rng.random() < 0.5 else []
            parts = ["wait: {for: message}", f"give_up: {{after: 30 days, {way}}}"]
            return [*parts, *clocks, *_next(everywhere, rng)]
        case _:
            signers = rng.choice(["jefe", "[jefe, agente]", "[jefe, jefe, agente]"])
            parts = [f"approve: {{by: {signers}, back: {rng.choice(earlier)}}}"]
            return [*parts, *_next(everywhere, rng)]


def _next(targets: list[str], rng: Random, least: int = 0) -> list[str]:
    ways = []
    for condition in _conditions(max(least, rng.choice([0, 0, 1, 2, 3])), rng):
        end = not targets or rng.random() < 0.2
        way = f"end: {rng.choice(['bien', 'mal'])}" if end else f"go: {rng.choice(targets)}"
        ways.append(f"{{if: '{condition}', {way}}}")
    return [f"next: [{', '.join(ways)}]"] if ways else []


def _conditions(count: int, rng: Random) -> list[str]:
    """Conditions of data of their own each, so that none makes another one dead."""
    flags = rng.sample(FLAGS, 2 * count)
    found: list[str] = []
    for one, other in zip(flags[:count], flags[count:], strict=True):
        written = [one, f"not {one}", f"{one} and not {other}", f"{one} or {other}"]
        if not found:
            written += [
                f"n > {rng.randint(0, 4)}",
                f"{one} and n <= {rng.randint(1, 5)}",
                f'clase == "{rng.choice(CLASSES)}"',
                f'not (clase in ["a", "b"]) or {one}',
            ]
        found.append(rng.choice(written))
    return found


def _beside(names: list[str], rng: Random) -> list[str]:
    first, other = rng.choice(["primero", *names]), rng.choice(["primero", *names])
    span = rng.choice(["3 business days", "72 hours", "16 business hours", "10 days", "1 month"])
    alarm = rng.choice(
        ["at 50%", "1 day before", "2 business hours before", "1 business day after"]
    )
    way = rng.choice(["do: {set: {c0: true}}", f"do: {{go: {other}}}", "do: {send: pedido}"])
    return [
        "deadlines:",
        f"  plazo: {{from: opened, until: closed, within: {span},",
        f"    alarms: [{{name: aviso, at: {alarm}, to: jefe, say: Atento}}]}}",
        f"  tramo: {{from: done primero, until: done {first}, within: {span}, restart: true}}",
        "tracks:",
        f"  lado: {{title: Lado, from: entered {first}, steps: {{mirar: {{who: jefe, ask: [c1]}},",
        "    avisar: {send: pedido}}}",
        "actions:",
        f"  saltar: {{title: Saltar, who: jefe, ask: [c2], go: {other}}}",
        "  parar: {title: Parar, who: jefe, suspend: {deadline: plazo}}",
        "  seguir: {title: Seguir, who: jefe, resume: plazo}",
        "  ampliar: {title: Ampliar, who: jefe, extend: {deadline: plazo, by: 2 days, times: 2}}",
        f"rules: [{{on: set c3, if: 'c3 and not c4', {way}}}]",
        f"reopen: {other}",
    ]
