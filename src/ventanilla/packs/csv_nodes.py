"""Comma separated text to nodes: a sequence of rows, each a sequence of scalars with marks."""

from ventanilla.core.definition.nodes import Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems

MAX_ROWS = 20_000
_SEPARATORS = ";\t,"


def read_csv(file: str, text: str, problems: Problems) -> Sequence:
    """Read a sheet. The header says what separates: comma, semicolon or tab. Empty rows vanish."""
    reading = _Reading(file, text, problems)
    rows = [row for row in reading.rows() if any(_written(cell) for cell in row)]
    if len(rows) > MAX_ROWS:
        problems.add(Code.FILE_TOO_LARGE, Mark(file), limit=str(MAX_ROWS))
        rows = rows[:MAX_ROWS]
    if not rows:
        problems.add(Code.CSV_SYNTAX, Mark(file), reason="empty")
    _even_out(rows, problems)
    return Sequence(
        items=tuple(Sequence(items=tuple(row), mark=row[0].mark) for row in rows), mark=Mark(file)
    )


def _written(cell: Node) -> bool:
    return isinstance(cell, Scalar) and bool(cell.text.strip())


def _even_out(rows: list[list[Node]], problems: Problems) -> None:
    """Every row has the header's columns; empty cells too many at its end do no harm."""
    width = len(rows[0]) if rows else 0
    for row in rows[1:]:
        while len(row) > width and not _written(row[-1]):
            row.pop()
        if len(row) != width:
            problems.add(Code.CSV_COLUMNS, row[0].mark, found=str(len(row)), expected=str(width))


class _Reading:
    def __init__(self, file: str, text: str, problems: Problems) -> None:
        self._file = file
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._problems = problems
        header = self._text.split("\n", 1)[0]
        self._separator = max(_SEPARATORS, key=header.count) if header else ","
        self._at = 0
        self._line = 1
        self._column = 1

    def rows(self) -> list[list[Node]]:
        found: list[list[Node]] = [[]]
        while self._at < len(self._text):
            found[-1].append(self._cell())
            if self._at >= len(self._text):
                break
            if self._next() == "\n":
                found.append([])
            elif self._at >= len(self._text):
                found[-1].append(Scalar(text="", mark=self._mark()))
        return [row for row in found if row]

    def _mark(self) -> Mark:
        return Mark(self._file, self._line, self._column)

    def _next(self) -> str:
        character = self._text[self._at]
        self._at += 1
        if character == "\n":
            self._line += 1
            self._column = 1
        else:
            self._column += 1
        return character

    def _ends(self) -> bool:
        return self._at >= len(self._text) or self._text[self._at] in (self._separator, "\n")

    def _cell(self) -> Scalar:
        mark = self._mark()
        if not self._text.startswith('"', self._at):
            start = self._at
            while not self._ends():
                self._next()
            return Scalar(text=self._text[start : self._at], mark=mark)
        return self._quoted(mark)

    def _quoted(self, mark: Mark) -> Scalar:
        self._next()
        parts: list[str] = []
        while self._at < len(self._text):
            character = self._next()
            if character != '"':
                parts.append(character)
            elif self._text.startswith('"', self._at):
                parts.append(self._next())
            else:
                break
        else:
            self._problems.add(Code.CSV_SYNTAX, mark, reason="quote")
        if not self._ends():
            self._problems.add(Code.CSV_SYNTAX, self._mark(), reason="after-quote")
            while not self._ends():
                self._next()
        text = "".join(parts)
        return Scalar(text=text, mark=mark.moved(1), exact='"' not in text and "\n" not in text)
