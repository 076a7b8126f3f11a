"""``python -m bench.mutants``: seeded faults in every pack, and who notices them.

Writes docs/reference/seeded-faults.md. Some minutes for all packs; ``--count`` makes it shorter.
"""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.mutants.judging import Judged, Verdict, judged

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/seeded-faults.md"
COUNT = 200

_HEAD = """\
# Seeded faults

Each pack is changed in some {count} ways, one at a time and the same ways every time: another
step, role or event; a condition turned round or moved by one; a length of time doubled; a word, a
row or an item left out. Where the change may be made comes of the [declared words](language.md)
themselves, so new words are changed too. Words for people (titles, texts, the controlled
document) stay as they are. Then the checker looks at the changed pack, and if it finds nothing
new, the scenarios of the pack run until one fails.

*Equivalent* are changes that no course of a case can show, each with its reason below, and those
that compile to the very same procedure. *Unseen* are changes of meaning that neither the checker
nor a scenario notices: each is a scenario that the pack still lacks. `make mutants` writes this
page.

| pack | changes | error | warning | scenario | equivalent | unseen | noticed |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def main() -> None:
    parser = ArgumentParser(description="Seeded faults in every pack, and who notices them.")
    parser.add_argument("--count", type=int, default=COUNT, help="changes in each pack")
    parser.add_argument("--list", action="store_true", help="print each unseen change")
    args = parser.parse_args()
    packs = sorted(path.parent for path in (ROOT / "packs").glob("*/pack.yaml"))
    found: dict[str, list[Judged]] = {}
    for pack in packs:
        found[pack.name] = [*judged(pack, args.count)]
        print(_row(pack.name, found[pack.name]), flush=True)
        for one in _of(found[pack.name], Verdict.UNSEEN) if args.list else ():
            mutant = one.mutant
            print(f"    {mutant.mark.file}:{mutant.mark.line} {_place(one)}: {mutant.what}")
    PAGE.write_text(_HEAD.format(count=args.count) + "\n".join(_lines(found)), encoding="utf-8")


def _lines(found: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    for name, rows in found.items():
        yield _row(name, rows)
    every = [one for rows in found.values() for one in rows]
    yield _row("**all**", every)
    yield "\n## Equivalent, and why\n\n| word | changes | why |\n| --- | --- | --- |"
    same = sum(1 for _ in _of(every, Verdict.SAME))
    yield f"| any | {same} | compiles to the very same procedure |"
    reasons = Counter((_place(one), one.by) for one in _of(every, Verdict.EQUIVALENT))
    for (place, why), count in sorted(reasons.items()):
        yield f"| {place} | {count} | {why} |"
    yield "\n## Unseen, by word\n\n| word | changes |\n| --- | --- |"
    places = Counter(_place(one) for one in _of(every, Verdict.UNSEEN))
    for place, count in sorted(places.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {place} | {count} |"
    yield "\n## By whom the checker's share is told\n\n| problem | changes |\n| --- | --- |"
    codes = Counter(one.by for one in every if one.verdict in {Verdict.ERROR, Verdict.WARNING})
    for code, count in sorted(codes.items(), key=lambda item: (-item[1], item[0])):
        yield f"| [{code}](problems.md#{code}) | {count} |"
    yield ""


def _row(name: str, rows: Sequence[Judged]) -> str:
    counts = Counter(one.verdict for one in rows)
    equivalent = counts[Verdict.SAME] + counts[Verdict.EQUIVALENT]
    meant = len(rows) - equivalent
    noticed = 100 * (meant - counts[Verdict.UNSEEN]) // max(meant, 1)
    figures = (
        *(len(rows), counts[Verdict.ERROR], counts[Verdict.WARNING], counts[Verdict.SCENARIO]),
        *(equivalent, counts[Verdict.UNSEEN]),
    )
    return f"| {name} | {' | '.join(map(str, figures))} | {noticed} % |"


def _of(rows: Sequence[Judged], verdict: Verdict) -> Iterator[Judged]:
    return (one for one in rows if one.verdict is verdict)


def _place(one: Judged) -> str:
    return f"{one.mutant.section}: {one.mutant.word}"


if __name__ == "__main__":
    main()
