"""Shared texts stand in messages and scripts as if they were written there."""

from tests.packs.samples import FILES, compiled, place, where
from ventanilla.core.definition.problems import Code

P = "procedures/consulta.yaml"


def digest_of(files: dict[str, str]) -> str:
    pack = compiled(files).pack
    assert pack is not None
    return pack.procedures["P-1"].messages["respuesta"].digest


def test_message_it_is_another_wording_when_a_text_within_a_text_changes() -> None:
    changed = FILES[P].replace("Estimado(a)", "Apreciado(a)")

    assert digest_of({**FILES, P: changed}) != digest_of(dict(FILES))


def test_circle_it_is_told_of_each_text_on_it_and_of_no_other() -> None:
    files = dict(FILES)
    files[P] = (
        files[P]
        .replace("(a) {{ nombre }}", "(a) {{ text.apertura }}")
        .replace("  apertura:", '  suelto: "{{ text.trato }}"\n  apertura:')
    )

    told = [one for one in compiled(files).problems if one.code is Code.TEXT_CIRCLE]

    assert [where(one) for one in told] == [
        place(files, P, "trato: "),
        place(files, P, "apertura: "),
    ]


def test_problem_inside_a_text_it_is_told_there_and_once() -> None:
    files = {**FILES, P: FILES[P].replace("(a) {{ nombre }}", "(a) {{ nonbre }}")}

    problems = compiled(files).problems

    assert [one.code for one in problems] == [Code.EXPRESSION_UNKNOWN_NAME]
    assert where(problems[0]) == place(files, P, "nonbre")
