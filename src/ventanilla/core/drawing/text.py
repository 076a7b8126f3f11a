"""How wide words are, near enough, and how they fold into lines."""

_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!`·", 0.32),
    **dict.fromkeys('ftr()[]{}/\\-" ', 0.40),
    **dict.fromkeys("mwMW@%…—", 0.95),
}
_CAPITAL = 0.70
_LETTER = 0.60


def width(text: str, size: float) -> float:
    """The width of a line in a common sans-serif of that size: rather too much than too little."""
    return size * sum(
        _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER) for letter in text
    )


def folded(text: str, limit: float, size: float) -> tuple[str, ...]:
    """The words in lines no wider than the limit, of like lengths; a long word is cut."""
    words = [part for word in text.split() for part in _cut(word, limit, size)]
    if not words:
        return ()
    fewest = len(_fill(words, limit, size))
    narrow = limit
    while narrow > limit * 0.5 and len(_fill(words, narrow * 0.94, size)) == fewest:
        narrow *= 0.94
    return _fill(words, narrow, size)


def _fill(words: list[str], limit: float, size: float) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer, size) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(word: str, limit: float, size: float) -> list[str]:
    parts = [word]
    while width(parts[-1], size) > limit and len(parts[-1]) > 1:
        rest = parts.pop()
        fits = next(
            n for n in range(len(rest) - 1, 0, -1) if n == 1 or width(rest[:n], size) <= limit
        )
        parts += [rest[:fits], rest[fits:]]
    return parts
