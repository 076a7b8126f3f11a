"""Hostile, broken and ordinary mail: each sample has an answer, and the expected one."""

from __future__ import annotations

import os
import random
import time
from typing import Final

import pytest

from tests.channels.mail import corpus_bodies, corpus_headers, corpus_robots
from tests.channels.mail.samples import HEAD, Sample, seen
from ventanilla.channels.mail.message import Kind, Understood
from ventanilla.channels.mail.understand import understand

SAMPLES: Final = (*corpus_headers.SAMPLES, *corpus_bodies.SAMPLES, *corpus_robots.SAMPLES)
_SECONDS: Final = 5.0
_MUTANTS: Final = 20_000 if os.environ.get("VENTANILLA_STRESS") else 2_000


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_mail_it_says_what_is_expected(sample: Sample) -> None:
    started = time.process_time()

    message = understand(sample.raw)

    shown = seen(message)
    assert {name: shown[name] for name in sample.expected} == sample.expected
    assert time.process_time() - started < _SECONDS
    _assert_storable(message)


def test_the_corpus_it_has_no_two_samples_of_one_name() -> None:
    names = [sample.name for sample in SAMPLES]

    assert len(names) == len(set(names))
    assert len(names) >= 120


def test_a_mutated_mail_it_never_raises() -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    small = [sample.raw for sample in SAMPLES if len(sample.raw) < 20_000]

    for number in range(_MUTANTS):
        mutant = _mutated(chance, small)
        try:
            _assert_storable(understand(mutant))
        except Exception as error:  # noqa: BLE001 - any at all is the failure looked for
            pytest.fail(f"seed {seed}, mutant {number}: {error!r} for {mutant[:2_000]!r}")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD + b"X: " + b"a" * 50_000_000, id="one_header"),
        pytest.param(HEAD + b"\r\n" + b"hola que tal\r\n" * 3_600_000, id="text"),
        pytest.param(HEAD + b"Content-Type: text/html\r\n\r\n" + b"<b>x" * 12_500_000, id="page"),
        pytest.param(
            HEAD
            + b"Content-Type: application/pdf; name=a.pdf\r\n"
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + b"JVBERi0xLjc0ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg\r\n"
            * 640_000,
            id="file",
        ),
        pytest.param(
            HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bx\r\n" * 8_000_000,
            id="lookalike_delimiters",
        ),
    ],
)
def test_a_mail_of_fifty_megabytes_it_is_understood_within_five_seconds(raw: bytes) -> None:
    started = time.process_time()

    message = understand(raw)

    assert message.kind is Kind.ORDINARY
    assert time.process_time() - started < _SECONDS


def _mutated(chance: random.Random, pool: list[bytes]) -> bytes:
    """One to six random harms done to a random sample."""
    raw = bytearray(chance.choice(pool))
    for _ in range(chance.randint(1, 6)):
        position = chance.randrange(len(raw) + 1)
        match chance.randrange(7):
            case 0:
                raw[position:position] = bytes([chance.randrange(256)]) * chance.choice((1, 3, 400))
            case 1:
                del raw[position : position + chance.choice((1, 8, 200))]
            case 2 if position < len(raw):
                raw[position] = chance.randrange(256)
            case 3:
                other = chance.choice(pool)
                start = chance.randrange(len(other) + 1)
                raw[position:position] = other[start : start + 600]
            case 4:
                raw[position:position] = raw[max(0, position - 300) : position] * 3
            case 5:
                raw[position:position] = chance.choice(_POISON)
            case _:
                del raw[position:]
    return bytes(raw)


_POISON: Final = (
    *(b"\r\n", b"\r", b"\n\n", b"\x00", b"\xed\xa0\x80", b"=?utf-8?b?", b"?=", b"--frontera"),
    *(b"\r\n--frontera--\r\n", b'"', b"<", b">", b"(", b":;", b"\xff\xfe", b"Content-Type: "),
    *(b"multipart/mixed; boundary=", b"filename*0*=", b"=" * 80, b"'" * 9, b"%" * 9, b"+2AA-"),
)


def _assert_storable(message: Understood) -> None:
    """Both databases take every text, and no single-line value has a line end."""
    lines = [message.subject, message.message_id or "", *message.references, *message.in_reply_to]
    for address in (*message.recipients, *([message.sender] if message.sender else [])):
        lines += [address.name, address.address]
    lines += [file.name for file in message.files] + [file.content_id for file in message.files]
    for line in lines:
        assert "\n" not in line
        assert "\r" not in line
    for text in (*lines, message.text, message.html, message.reply, message.quoted):
        assert "\x00" not in text
        text.encode("utf-8")
