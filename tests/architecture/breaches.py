"""The house rules as functions from source text to breaches, so that samples can try them."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

LONGEST_FILE = 500
LONGEST_FUNCTION = 60

PURE_MODULES = frozenset(
    {
        "__future__",
        "abc",
        "ast",
        "bisect",
        "calendar",
        "collections",
        "contextlib",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "string",
        "textwrap",
        "types",
        "typing",
        "unicodedata",
        "xml",
        "zoneinfo",
    }
)
IMPURE_BUILTINS = frozenset({"__import__", "breakpoint", "exec", "id", "input", "open", "print"})
EVALUATING_BUILTINS = frozenset({"compile", "eval"})
CLOCK_READS = frozenset({"now", "today", "utcnow"})
CLOCK_CLASSES = frozenset({"date", "datetime"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SCOPES = frozenset({"visible_to", "within"})
EVERYBODY = "across_organizations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A place that breaks a rule."""

    line: int
    what: str


def impurities(source: str, *, may_evaluate: bool = False) -> list[Breach]:
    """Everything by which code could reach a clock, a file, the network or chance.

    A closed world: only listed modules and the core itself may be imported. ``may_evaluate`` is
    for the one package that compiles checked expressions.
    """
    tree = _parsed(source)
    forbidden = IMPURE_BUILTINS if may_evaluate else IMPURE_BUILTINS | EVALUATING_BUILTINS
    return [*_foreign_imports(tree), *_forbidden_names(tree, forbidden), *_clock_reads(tree)]


def inner_imports(source: str) -> list[Breach]:
    """Imports that hide inside functions."""
    return [
        Breach(line=inner.lineno, what=f"import inside {outer.name}")
        for outer in _functions(_parsed(source))
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def unscoped_managers(source: str) -> list[Breach]:
    """Uses of a model's manager that do not say at once for whom, or that ask for everybody."""
    nodes = [node for node in ast.walk(_parsed(source)) if isinstance(node, ast.Attribute)]
    scoped = {id(node.value) for node in nodes if node.attr in SCOPES}
    return [
        Breach(line=node.lineno, what=f"{ast.unparse(node)} sees every organisation's rows")
        for node in nodes
        if (node.attr in MANAGERS and id(node) not in scoped) or node.attr == EVERYBODY
    ]


def lengths(source: str) -> list[Breach]:
    """Files and functions that are too long and do not say why."""
    lines = source.splitlines()
    found = []
    if len(lines) > LONGEST_FILE and not _excused(lines, "long-file"):
        found.append(Breach(line=1, what=f"{len(lines)} lines; the limit is {LONGEST_FILE}"))
    for function in _functions(_parsed(source)):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        head = lines[function.lineno - 1 : function.body[0].lineno]
        if length > LONGEST_FUNCTION and not _excused(head, "long-function"):
            what = f"{function.name} has {length} lines; the limit is {LONGEST_FUNCTION}"
            found.append(Breach(line=function.lineno, what=what))
    return found


def forbidden_words(text: str, patterns: Sequence[str]) -> list[Breach]:
    """Lines that hold something that has no place in the repository."""
    matcher = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    return [
        Breach(line=number, what=f"holds {match.group()!r}")
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := matcher.search(line))
    ]


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _foreign_imports(tree: ast.AST) -> Iterator[Breach]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=module, level=level):
                modules = ["." * level + (module or "")]
            case _:
                continue
        for module in modules:
            if not _is_pure(module):
                yield Breach(line=node.lineno, what=f"imports {module}")


def _is_pure(module: str) -> bool:
    if module == "ventanilla.core" or module.startswith("ventanilla.core."):
        return True
    return module.split(".", maxsplit=1)[0] in PURE_MODULES


def _forbidden_names(tree: ast.AST, forbidden: frozenset[str]) -> Iterator[Breach]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in forbidden:
            yield Breach(line=node.lineno, what=f"uses {node.id}")


def _clock_reads(tree: ast.AST) -> Iterator[Breach]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in CLOCK_READS:
            continue
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if name in CLOCK_CLASSES:
            yield Breach(line=node.lineno, what=f"reads the clock by {ast.unparse(node)}")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _excused(lines: Sequence[str], rule: str) -> bool:
    return any(re.search(rf"# house: {rule}, because \S+ \S+", line) for line in lines)
