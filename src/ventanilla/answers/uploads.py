"""Files that people hand in: bounded, sniffed, and kept under no name of theirs."""

from typing import Final

from django.utils.translation import gettext

from ventanilla.answers.controls import Upload
from ventanilla.cases.incoming import IncomingFile
from ventanilla.channels.mail.files import safe_name, sniff
from ventanilla.ui.wording import size_words

LARGEST: Final = 20 * 1024 * 1024
MOST: Final = 10


class UnusableFile(Exception):
    """A file that cannot be taken; the words say why."""


def read_uploads(uploads: list[Upload]) -> tuple[IncomingFile, ...]:
    """The files with their bytes and what they really are; raises UnusableFile."""
    if len(uploads) > MOST:
        raise UnusableFile(gettext("Son demasiados archivos: caben {most}.").format(most=MOST))
    return tuple(_read(upload, number) for number, upload in enumerate(uploads, 1))


def _read(upload: Upload, number: int) -> IncomingFile:
    name = upload.name or ""
    if (upload.size or 0) > LARGEST:
        raise UnusableFile(
            gettext("«{name}» pesa demasiado: caben {limit}.").format(
                name=name, limit=size_words(LARGEST)
            )
        )
    content = upload.read()
    if not content:
        raise UnusableFile(gettext("«{name}» está vacío. Elija otro archivo.").format(name=name))
    kind = sniff(content)
    return IncomingFile(name=safe_name(name, kind, number), content_type=kind, content=content)
