"""The one analyser of names and words: what is stored and what is asked pass through it."""

import re
import unicodedata

LONGEST_TOKEN = 40
MOST_TOKENS = 40
SHORTEST_FORGIVEN = 4

_WORD = re.compile(r"[^\W_]+")
_TILDE = "\N{COMBINING TILDE}"
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ñ", "n"),
        (r"ch", "#"),
        (r"ph", "f"),
        (r"h", ""),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "g"),
        (r"g(?=[ei])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "j"),
        (r"z", "s"),
        (r"v", "b"),
        (r"w", "u"),
        (r"ll", "y"),
        (r"y(?=$|[^aeiou])", "i"),
        (r"i(?=[aeou])", "y"),
        (r"(.)\1+", r"\1"),
    )
)


def fold(text: str) -> str:
    """Lower case without accents; ñ stays, because it is a letter and not an n."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept: list[str] = []
    for character in decomposed:
        if not unicodedata.combining(character):
            kept.append(character)
        elif character == _TILDE and kept and kept[-1] == "n":
            kept[-1] = "ñ"
    return "".join(kept)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in order, each once, folded and cut to a bounded length and number."""
    words = (word[:LONGEST_TOKEN] for word in _WORD.findall(fold(text)))
    return tuple(dict.fromkeys(words))[:MOST_TOKENS]


def name_key(name: str) -> str:
    """The same for two names that differ in order, case or accents."""
    return " ".join(sorted(tokens(name)))[:300]


def sound(token: str) -> str:
    """How a word sounds in Spanish America: b and v, s and z, ll and y are one, h is silent."""
    for pattern, replacement in _SOUNDS:
        token = pattern.sub(replacement, token)
    return token


def variants(token: str) -> frozenset[str]:
    """The forms under which a word and its misspellings meet: itself, one letter less, its sound.

    Two words one typing error apart share a form. Short words and numbers are not forgiven: they
    have no other form than themselves.
    """
    if len(token) < SHORTEST_FORGIVEN or not token.isalpha():
        return frozenset((token,))
    shorter = (token[:place] + token[place + 1 :] for place in range(len(token)))
    return frozenset((token, *shorter, f"~{sound(token)}"))
