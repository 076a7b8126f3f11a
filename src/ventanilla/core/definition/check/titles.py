"""Titles compared as people read them."""

import unicodedata


def plain(title: str) -> str:
    """A title without case, accents and double spaces."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    letters = (letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())
