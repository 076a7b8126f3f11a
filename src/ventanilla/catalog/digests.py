"""What makes two texts of a procedure, or two loadings of a pack, the same."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from ventanilla.core.businesstime import Calendar
from ventanilla.core.definition.model import Procedure
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Scalar
from ventanilla.core.definition.problems import Problems
from ventanilla.packs.reader import PackFiles
from ventanilla.packs.yaml_nodes import read_yaml

_DEFINITION = ("procedures", "messages", "tables")


def defining_files(files: PackFiles) -> dict[str, str]:
    """The files that a procedure is made of: no scenarios, no demo data, nobody's names."""
    return {
        path: text
        for path, text in files.files.items()
        if path == "pack.yaml" or PurePosixPath(path).parts[0] in _DEFINITION
    }


def procedure_digest(procedure: Procedure, files: Mapping[str, str]) -> str:
    """Changes whenever the author changed the text of the procedure, its messages or its tables."""
    own = procedure_path(procedure.code, files)
    text = files[own]
    letters = (f"messages/{name}.md" for name in procedure.messages)
    sheets = (path for path in files if path.startswith("tables/") and path in text)
    return _digest({path: files[path] for path in {own, *letters, *sheets} if path in files})


def release_digest(files: PackFiles, calendars: Mapping[str, Calendar]) -> str:
    """Changes whenever anything that a case may rest on changes, a public holiday too."""
    versions = {f"calendar {name}": calendar.version for name, calendar in calendars.items()}
    return _digest({"pack": files.digest, **versions})


def procedure_path(code: str, files: Mapping[str, str]) -> str:
    """The file in which the procedure of that code is written."""
    return next(path for path in _procedure_files(files) if _code_of(path, files[path]) == code)


def _procedure_files(files: Mapping[str, str]) -> Iterable[str]:
    return (path for path in sorted(files) if path.startswith("procedures/"))


def _code_of(path: str, text: str) -> str:
    node = read_yaml(path, text, Problems())
    code = node.get("code") if isinstance(node, MappingNode) else None
    return code.text.strip() if isinstance(code, Scalar) else ""


def _digest(parts: Mapping[str, str]) -> str:
    summed = sha256()
    for name, text in sorted(parts.items()):
        content = text.replace("\r\n", "\n").encode()
        summed.update(f"{name}\0{len(content)}\0".encode())
        summed.update(content)
    return summed.hexdigest()
