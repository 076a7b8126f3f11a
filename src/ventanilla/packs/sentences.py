"""Every problem of a pack as a sentence and a remedy, in Spanish and English."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.problems import Code, Problem
from ventanilla.packs.sentences_contradictions import CONTRADICTIONS
from ventanilla.packs.sentences_files import FILES
from ventanilla.packs.sentences_form import FORM
from ventanilla.packs.sentences_outside import OUTSIDE
from ventanilla.packs.sentences_parts import PARTS
from ventanilla.packs.sentences_text import Sentence
from ventanilla.packs.sentences_whole import WHOLE

SENTENCES: Mapping[Code, Sentence] = {
    **FILES,
    **FORM,
    **OUTSIDE,
    **PARTS,
    **WHOLE,
    **CONTRADICTIONS,
}

LANGUAGES = ("es", "en")

_TYPES: Mapping[str, tuple[str, str]] = {
    "text": ("texto", "text"),
    "number": ("número", "number"),
    "boolean": ("sí o no", "yes or no"),
    "date": ("fecha", "date"),
    "datetime": ("fecha y hora", "date and time"),
    "duration": ("duración", "duration"),
    "list": ("lista", "list"),
    "nothing": ("ningún valor", "no value"),
    "identity": ("documento de identidad", "identity document"),
    "person": ("persona", "person"),
    "point": ("punto del mapa", "point on the map"),
    "entry": ("fila", "row"),
    "value": ("un valor", "a value"),
    "name": ("un nombre", "a name"),
    "end": ("el final", "the end"),
    "range": ("rango", "range"),
}
_TRANSLATED = ("expected", "found", "left", "right", "type")
_TYPED = frozenset(
    {
        Code.EXPRESSION_TYPES,
        Code.EXPRESSION_WRONG_TYPE,
        Code.EXPRESSION_MIXED_LIST,
        Code.EXPRESSION_EXPECTED,
        Code.PERSON_NOT_A_PERSON,
        Code.TABLE_CELL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A problem in words."""

    message: str
    hint: str


def tell(problem: Problem, language: str = "es") -> Told:
    """What is wrong and what to do about it."""
    sentence = SENTENCES[problem.code]
    params = _Params(_translated(problem, language))
    english = language == "en"
    message = (sentence.en if english else sentence.es).format_map(params)
    hint = (sentence.hint_en if english else sentence.hint_es).format_map(params)
    meant = problem.params.get("near", "")
    if meant:
        question = f"Did you mean “{meant}”?" if english else f"¿Quiso decir «{meant}»?"
        hint = f"{question} {hint}".strip()
    return Told(message=message, hint=hint)


class _Params(dict[str, str]):
    """A parameter that a problem does not carry leaves nothing in the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def _translated(problem: Problem, language: str) -> dict[str, str]:
    params = dict(problem.params)
    if problem.code in _TYPED:
        for name in _TRANSLATED:
            if name in params:
                params[name] = _type_words(params[name], english=language == "en")
    return params


def _type_words(words: str, *, english: bool) -> str:
    joiner = " or " if english else " o "
    return joiner.join(_type_word(word, english=english) for word in words.split(" / "))


def _type_word(word: str, *, english: bool) -> str:
    base, _, item = word.partition(":")
    if base not in _TYPES:
        return word
    own = _TYPES[base][english]
    if item in _TYPES:
        return f"{own} {'of' if english else 'de'} {_TYPES[item][english]}"
    return own
