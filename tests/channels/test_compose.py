"""Outgoing mail: what was typed arrives, nothing else can be slipped in."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.channels.compose import (
    REPLY_MARKERS,
    Authorship,
    CannotCompose,
    Outgoing,
    OutgoingFile,
    compose,
    html_of,
)
from ventanilla.channels.mail.addresses import Address
from ventanilla.channels.mail.message import Kind
from ventanilla.channels.mail.quoting import part_reply
from ventanilla.channels.mail.understand import understand

_OUTGOING: Final = Outgoing(
    sender=Address(name="Servicios al Exportador", address="exportador@promperu.example"),
    recipient=Address(name="Rosa Quispe", address="rosa@cacao.example"),
    reply_to="exportador+abc@promperu.example",
    message_id="<uno@promperu.example>",
    subject="Datos de contacto",
    text="Estimada Sra. Quispe:\n\nVea https://exporta.example/guia.",
    sent_at=datetime(2026, 11, 23, 14, tzinfo=UTC),
)
_PDF: Final = OutgoingFile(name="guía.pdf", media_type="application/pdf", content=b"%PDF-1.7\n")
_ALLOWED: Final = frozenset(
    {"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language"}
    | {"MIME-Version", "Content-Type"}
)


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_message_it_is_read_back_by_another_parser() -> None:
    raw = compose(replace(_OUTGOING, files=(_PDF,))).raw

    parsed = _parsed(raw)

    plain = parsed.get_body(("plain",))
    html = parsed.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert parsed["From"] == "Servicios al Exportador <exportador@promperu.example>"
    assert parsed["Message-ID"] == "<uno@promperu.example>"
    assert "Estimada Sra. Quispe:" in plain.get_content()
    assert 'href="https://exporta.example/guia"' in html.get_content()
    assert [part.get_filename() for part in parsed.iter_attachments()] == ["guía.pdf"]
    assert [part.get_content() for part in parsed.iter_attachments()] == [b"%PDF-1.7\n"]
    assert not parsed.defects


def test_a_message_it_is_read_back_by_our_own_parser() -> None:
    message = understand(compose(replace(_OUTGOING, files=(_PDF,))).raw)

    assert message.kind is Kind.ORDINARY
    assert message.subject == "Datos de contacto"
    assert [file.name for file in message.files] == ["guía.pdf"]
    assert message.date == _OUTGOING.sent_at


def test_the_same_message_it_has_the_same_bytes() -> None:
    assert compose(replace(_OUTGOING, files=(_PDF,))) == compose(replace(_OUTGOING, files=(_PDF,)))


@given(subject=st.text(), name=st.text(), text=st.text(), file_name=st.text())
def test_any_text_it_adds_no_header_and_no_recipient(
    subject: str, name: str, text: str, file_name: str
) -> None:
    outgoing = replace(
        _OUTGOING,
        subject=subject,
        sender=replace(_OUTGOING.sender, name=name),
        recipient=replace(_OUTGOING.recipient, name=name),
        text=text,
        files=(OutgoingFile(name=file_name, media_type=name, content=b"x"),),
    )

    composed = compose(outgoing)

    fields = [
        line.split(b":")[0].decode("ascii")
        for line in composed.raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
        if not line.startswith(b" ")
    ]
    read = understand(composed.raw)
    assert set(fields) <= _ALLOWED
    assert len(fields) == len(set(fields))
    assert [address.address for address in read.to] == ["rosa@cacao.example"]
    assert read.sender is not None
    assert read.sender.address == "exportador@promperu.example"
    assert read.cc == ()
    assert composed.envelope_recipient == "rosa@cacao.example"
    assert b"\n" not in composed.raw.replace(b"\r\n", b"")
    assert max(len(line) for line in composed.raw.split(b"\r\n")) <= 998


@given(
    text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cn")), min_size=1)
)
def test_any_subject_of_letters_it_arrives_as_typed(text: str) -> None:
    hidden = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\ufeff"
    subject = " ".join("".join(c for c in text if c not in hidden).split())[:100].strip()

    read = understand(compose(replace(_OUTGOING, subject=f"Asunto {subject} fin")).raw)

    visible = "".join(c for c in f"Asunto {subject} fin" if not _is_hidden(c))
    assert read.subject.split() == visible.split()


def _is_hidden(character: str) -> bool:
    return "\u202a" <= character <= "\u202e" or "\u2060" <= character <= "\u206f"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rosa",
        "rosa@",
        "rosa@a.example,otra@b.example",
        "rosa@a.example\r\nBcc: otra@b.example",
        "rosa@a.example>",
        "<rosa@a.example>",
        "rosa quispe@a.example",
        "rosa@a.example;otra@b.example",
        "rosa@-a.example",
        "rosa@a..example",
        '"x\r\n"@a.example',
    ],
)
def test_an_address_that_is_not_one_mailbox_it_is_refused(address: str) -> None:
    outgoing = replace(_OUTGOING, recipient=Address(name="", address=address))

    with pytest.raises(CannotCompose, match="recipient_invalid"):
        compose(outgoing)


def test_a_domain_of_other_letters_it_leaves_in_ascii() -> None:
    composed = compose(replace(_OUTGOING, recipient=Address(name="", address="a@ñandú.example")))

    assert composed.envelope_recipient == "a@xn--and-6ma2c.example"
    assert not composed.needs_utf8


def test_a_mailbox_of_other_letters_it_says_that_the_server_must_understand_it() -> None:
    composed = compose(replace(_OUTGOING, recipient=Address(name="", address="ñ@cacao.example")))

    assert composed.needs_utf8


@pytest.mark.parametrize("identifier", ["", "uno", "<a b@c>", "<a@b>\r\nBcc: x@y.ec", "<ñ@b>"])
def test_an_identifier_that_is_not_one_it_is_refused(identifier: str) -> None:
    with pytest.raises(CannotCompose, match="identifier_invalid"):
        compose(replace(_OUTGOING, message_id=identifier))


@pytest.mark.parametrize(
    ("authorship", "expected"),
    [
        (Authorship.PERSON, None),
        (Authorship.ANSWERED_BY_RULE, "auto-replied"),
        (Authorship.SENT_BY_RULE, "auto-generated"),
    ],
)
def test_a_message_it_says_whether_a_rule_wrote_it(
    authorship: Authorship, expected: str | None
) -> None:
    parsed = _parsed(compose(replace(_OUTGOING, authorship=authorship)).raw)

    assert parsed["Auto-Submitted"] == expected


def test_an_automatic_message_that_comes_back_it_is_a_robot() -> None:
    raw = compose(replace(_OUTGOING, authorship=Authorship.SENT_BY_RULE)).raw

    assert understand(raw).kind is Kind.AUTO_REPLY


def test_an_answer_it_joins_the_thread() -> None:
    outgoing = replace(
        _OUTGOING,
        in_reply_to="<b@x>",
        references=("<a@x>", "<b@x>", "<malo\r\nBcc: x@y>"),
    )

    read = understand(compose(outgoing).raw)

    assert read.in_reply_to == ("<b@x>",)
    assert read.references == ("<a@x>", "<b@x>")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_marker_of_each_language_it_is_found_again_in_an_answer(language: str) -> None:
    text = understand(compose(replace(_OUTGOING, language=language)).raw).text
    answer = "Mi RUC es 1.\n\n" + "\n".join(f"> {line}" for line in text.split("\n"))

    assert REPLY_MARKERS[language] in text
    assert part_reply(answer).reply == "Mi RUC es 1."


def test_a_text_with_tags_it_is_escaped_in_the_page() -> None:
    page = html_of('<script>x</script> https://a.example/?a="><b> fin', "es")

    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("kind", ["multipart/mixed", "message/rfc822", "a\r\nX: y", ""])
def test_a_file_of_a_structural_type_it_leaves_as_plain_bytes(kind: str) -> None:
    outgoing = replace(_OUTGOING, files=(replace(_PDF, media_type=kind),))

    attached = list(_parsed(compose(outgoing).raw).iter_attachments())

    assert [part.get_content_type() for part in attached] == ["application/octet-stream"]
