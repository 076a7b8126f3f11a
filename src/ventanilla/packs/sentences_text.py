"""What a sentence about a problem consists of."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """Spanish and English, each with what to do about it; parameters stand in braces."""

    es: str
    en: str
    hint_es: str = ""
    hint_en: str = ""
