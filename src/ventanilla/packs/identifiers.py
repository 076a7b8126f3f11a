"""Official numbers of persons and companies: how each is written, checked, and refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdnum.cl import rut
from stdnum.pe import cui, ruc

from ventanilla.core.definition.values import Unreadable

RUC_PREFIXES = ("10", "15", "16", "17", "20")
BOLIVIAN_DEPARTMENTS: Mapping[str, str] = {
    "LP": "LP",
    "LPZ": "LP",
    "CB": "CB",
    "CBA": "CB",
    "CBBA": "CB",
    "SC": "SC",
    "SCZ": "SC",
    "OR": "OR",
    "ORU": "OR",
    "PT": "PT",
    "PO": "PT",
    "PTS": "PT",
    "TJ": "TJ",
    "TA": "TJ",
    "TJA": "TJ",
    "CH": "CH",
    "CHQ": "CH",
    "BE": "BE",
    "BN": "BE",
    "BNI": "BE",
    "PD": "PD",
    "PA": "PD",
    "PND": "PD",
}
"""The ways a department is abbreviated on identity cards, and the one we keep."""

_SEPARATORS = re.compile(r"[\s.,/_·‐‑‒–—−-]+")
_DNI_WITH_CHECK = re.compile(r"\s*[0-9]{8}\s*[‐‑‒–—−-]\s*[0-9A-Ka-k]\s*")
_BOLIVIAN = re.compile(r"(?:CI)?0*(?P<digits>[1-9][0-9]*)(?P<letters>[A-Z]{0,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A checked number. `value` is how it is kept and shown, `key` what makes two the same."""

    kind: str
    value: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedIdentifier:
    """A number that cannot be right. `refusal_sentence` says the remedy."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    es: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.es


Check = Callable[[str], Identifier | RefusedIdentifier]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityKind:
    """One kind of number: what people call it, and its check."""

    code: str
    title: Words
    check: Check


def check_identifier(kind: str, raw: str) -> Identifier | RefusedIdentifier:
    """The number in its normal form, or why it cannot be one of that kind."""
    known = KINDS.get(kind)
    if known is None:
        return RefusedIdentifier(kind=kind, code="identity_kind_unknown")
    return known.check(raw)


def identity_check(kind: str, raw: str) -> str | Unreadable:
    """The number as a field keeps it, or why it is none: what the language's reading asks for."""
    outcome = check_identifier(kind, raw)
    return outcome.value if isinstance(outcome, Identifier) else Unreadable(code=outcome.code)


def refusal_sentence(code: str, language: str) -> str:
    """What is wrong and what to do, for the person who typed the number."""
    return REFUSALS[code].in_language(language)


def compacted(raw: str) -> str:
    """Upper case without spaces, dots and dashes."""
    return _SEPARATORS.sub("", _plain(raw))


def _plain(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).upper()


def _pe_dni(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw)
    if not re.fullmatch(r"[0-9]{8}[0-9A-K]?", number) or number.startswith("00000000"):
        return RefusedIdentifier(kind="pe.dni", code="dni_form")
    if not cui.is_valid(number):
        return RefusedIdentifier(kind="pe.dni", code="dni_check_digit")
    return _same("pe.dni", number[:8])


def _pe_ruc(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw)
    if not re.fullmatch(r"[0-9]{11}", number):
        return RefusedIdentifier(kind="pe.ruc", code="ruc_form")
    if not number.startswith(RUC_PREFIXES):
        return RefusedIdentifier(kind="pe.ruc", code="ruc_prefix")
    if number[-1] != ruc.calc_check_digit(number):
        return RefusedIdentifier(kind="pe.ruc", code="ruc_check_digit")
    return _same("pe.ruc", number)


def _pe_ce(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw)
    if not re.fullmatch(r"[0-9]{9,12}", number) or not number.strip("0") or _claims_dni(raw):
        return RefusedIdentifier(kind="pe.ce", code="ce_form")
    return _same("pe.ce", number)


def _claims_dni(raw: str) -> bool:
    """Eight digits, a dash and a check character: a DNI, right or wrong, and nothing else."""
    return _DNI_WITH_CHECK.fullmatch(raw) is not None


def _passport(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw)
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,12}", number) or _claims_dni(raw):
        return RefusedIdentifier(kind="passport", code="passport_form")
    return _same("passport", number)


def _cl_rut(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw).removeprefix("CL").lstrip("0")
    if not re.fullmatch(r"[0-9]{7,8}[0-9K]", number):
        return RefusedIdentifier(kind="cl.rut", code="rut_form")
    if not rut.is_valid(number):
        return RefusedIdentifier(kind="cl.rut", code="rut_check_digit")
    return Identifier(kind="cl.rut", value=f"{number[:-1]}-{number[-1]}", key=number)


def _bo_ci(raw: str) -> Identifier | RefusedIdentifier:
    parts = _BOLIVIAN.fullmatch(compacted(raw))
    if parts is None:
        return RefusedIdentifier(kind="bo.ci", code="ci_form")
    digits, letters = parts["digits"], parts["letters"]
    complement = ""
    if letters and letters not in BOLIVIAN_DEPARTMENTS:
        digits, complement, letters = digits[:-1], digits[-1] + letters[0], letters[1:]
    if letters and letters not in BOLIVIAN_DEPARTMENTS:
        return RefusedIdentifier(kind="bo.ci", code="ci_department")
    if not 5 <= len(digits) <= 8:
        return RefusedIdentifier(kind="bo.ci", code="ci_form")
    shown = f"{digits}-{complement}" if complement else digits
    department = f" {BOLIVIAN_DEPARTMENTS[letters]}" if letters else ""
    return Identifier(kind="bo.ci", value=shown + department, key=digits + complement)


def _bo_nit(raw: str) -> Identifier | RefusedIdentifier:
    number = compacted(raw).lstrip("0")
    if not re.fullmatch(r"[0-9]{6,12}", number):
        return RefusedIdentifier(kind="bo.nit", code="nit_form")
    return _same("bo.nit", number)


def _same(kind: str, number: str) -> Identifier:
    return Identifier(kind=kind, value=number, key=number)


_ALL = (
    IdentityKind(
        code="pe.dni",
        title=Words(es="DNI", en="Peruvian identity card (DNI)"),
        check=_pe_dni,
    ),
    IdentityKind(
        code="pe.ruc",
        title=Words(es="RUC", en="Peruvian taxpayer number (RUC)"),
        check=_pe_ruc,
    ),
    IdentityKind(
        code="pe.ce",
        title=Words(es="Carné de extranjería", en="Peruvian foreign resident card"),
        check=_pe_ce,
    ),
    IdentityKind(
        code="passport",
        title=Words(es="Pasaporte", en="Passport"),
        check=_passport,
    ),
    IdentityKind(
        code="cl.rut",
        title=Words(es="RUT", en="Chilean taxpayer and identity number (RUT)"),
        check=_cl_rut,
    ),
    IdentityKind(
        code="bo.ci",
        title=Words(es="Carnet de identidad", en="Bolivian identity card (CI)"),
        check=_bo_ci,
    ),
    IdentityKind(
        code="bo.nit",
        title=Words(es="NIT", en="Bolivian taxpayer number (NIT)"),
        check=_bo_nit,
    ),
)

KINDS: Mapping[str, IdentityKind] = {kind.code: kind for kind in _ALL}
"""Every kind that a pack may name."""

REFUSALS: Mapping[str, Words] = {
    "identity_kind_unknown": Words(
        es="No se conoce ese tipo de documento. Elija uno de la lista.",
        en="That kind of document is not known. Choose one from the list.",
    ),
    "dni_form": Words(
        es="El DNI tiene 8 cifras. Escríbalas todas, también los ceros del comienzo.",
        en="A DNI has 8 digits. Write all of them, leading zeros too.",
    ),
    "dni_check_digit": Words(
        es="El carácter de verificación no corresponde a ese DNI. Compare cada cifra con el "
        "documento, o escriba solo las 8 cifras.",
        en="The check character does not belong to that DNI. Compare each digit with the card, "
        "or write the 8 digits alone.",
    ),
    "ruc_form": Words(
        es="El RUC tiene 11 cifras. Revise si falta o sobra alguna.",
        en="A RUC has 11 digits. See whether one is missing or one too many.",
    ),
    "ruc_prefix": Words(
        es="El RUC comienza con 10, 15, 16, 17 o 20. Revise las dos primeras cifras.",
        en="A RUC begins with 10, 15, 16, 17 or 20. Check the first two digits.",
    ),
    "ruc_check_digit": Words(
        es="La última cifra no corresponde a ese RUC: hay alguna cifra equivocada. Compare el "
        "número con la ficha RUC.",
        en="The last digit does not belong to that RUC: some digit is wrong. Compare the number "
        "with the tax record.",
    ),
    "ce_form": Words(
        es="El carné de extranjería tiene de 9 a 12 cifras. Cópielas del documento.",
        en="A foreign resident card has 9 to 12 digits. Copy them from the document.",
    ),
    "passport_form": Words(
        es="El pasaporte lleva de 5 a 12 letras y cifras. Cópielo sin signos.",
        en="A passport number has 5 to 12 letters and digits. Copy it without other signs.",
    ),
    "rut_form": Words(
        es="El RUT lleva 7 u 8 cifras y un dígito verificador, por ejemplo 12.345.678-5.",
        en="A RUT has 7 or 8 digits and a check digit, for example 12.345.678-5.",
    ),
    "rut_check_digit": Words(
        es="El dígito verificador no corresponde a ese RUT. Compare cada cifra con la cédula.",
        en="The check digit does not belong to that RUT. Compare each digit with the card.",
    ),
    "ci_form": Words(
        es="El carnet lleva de 5 a 8 cifras, y complemento (1A) o departamento (LP) si los tiene.",
        en="A Bolivian card has 5 to 8 digits, with complement (1A) or department (LP) if any.",
    ),
    "ci_department": Words(
        es="Ese departamento no existe. Use LP, CB, SC, OR, PT, TJ, CH, BE o PD, o déjelo vacío.",
        en="No such department. Use LP, CB, SC, OR, PT, TJ, CH, BE or PD, or leave it out.",
    ),
    "nit_form": Words(
        es="El NIT tiene de 6 a 12 cifras. Cópielas del certificado.",
        en="A NIT has 6 to 12 digits. Copy them from the certificate.",
    ),
}
