"""E-mail addresses and telephone numbers: their normal form, and why one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from ventanilla.packs.identifiers import Words

COUNTRY_OF_ZONE: Mapping[str, str] = {
    "America/Lima": "PE",
    "America/Santiago": "CL",
    "America/Punta_Arenas": "CL",
    "America/Coyhaique": "CL",
    "Pacific/Easter": "CL",
    "America/La_Paz": "BO",
}
"""The country whose telephone numbers an office writes without prefix, by its time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A checked address: `value` its normal form, `lookup` what is compared and searched."""

    value: str
    lookup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAddress:
    """An address that cannot be used. `refusal_sentence` says the remedy."""

    code: str


def check_email(raw: str) -> Address | RefusedAddress:
    """The address with its domain in normal form. Whether it exists is not asked."""
    try:
        checked = validate_email(
            raw.strip(), check_deliverability=False, allow_smtputf8=True, strict=False
        )
    except EmailNotValidError:
        return RefusedAddress(code="email_form")
    return Address(value=checked.normalized, lookup=checked.normalized.casefold())


def check_phone(raw: str, country: str) -> Address | RefusedAddress:
    """The number in E.164. One without `+` is read as a number of the country (PE, CL, BO…)."""
    try:
        number = phonenumbers.parse(raw, country or None)
    except phonenumbers.NumberParseException as problem:
        unknown_country = problem.error_type == problem.INVALID_COUNTRY_CODE
        return RefusedAddress(code="phone_country" if unknown_country else "phone_form")
    if not phonenumbers.is_valid_number(number):
        return RefusedAddress(code="phone_form")
    return Address(
        value=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        lookup=phonenumbers.national_significant_number(number),
    )


def shown_phone(value: str, country: str) -> str:
    """An E.164 number as people of the country write it; any other text as it came."""
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    at_home = phonenumbers.region_code_for_number(number) == country
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if at_home else style.INTERNATIONAL)


def refusal_sentence(code: str, language: str) -> str:
    """What is wrong and what to do, for the person who typed the address."""
    return REFUSALS[code].in_language(language)


REFUSALS: Mapping[str, Words] = {
    "email_form": Words(
        es="Esa dirección no tiene la forma de un correo. Escríbala como nombre@dominio.pe.",
        en="That is not the form of an e-mail address. Write it as name@domain.pe.",
    ),
    "phone_form": Words(
        es="Ese número no existe en el país. Revise las cifras, o escriba + y el código del país.",
        en="There is no such number in the country. Check the digits, or write + and the country "
        "code.",
    ),
    "phone_country": Words(
        es="No se sabe de qué país es ese número. Escríbalo con + y el código del país.",
        en="The country of that number is not known. Write it with + and the country code.",
    ),
}
