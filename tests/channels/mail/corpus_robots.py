"""Samples about robots, delivery reports and quotations."""

from __future__ import annotations

from typing import Final

from tests.channels.mail.samples import Sample, mail, sample, with_header

_AUTO: Final = "auto_reply"
_DAEMON: Final = (
    b"From: MAILER-DAEMON@cacao.example\r\nTo: exportador@promperu.example\r\n"
    b"Subject: Undelivered Mail\r\nMessage-ID: <r@cacao.example>\r\n"
)
_STATUS: Final = (
    b"Reporting-MTA: dns; mx.cacao.example\r\n\r\n"
    b"Final-Recipient: rfc822; rosa@cacao.example\r\nAction: %s\r\nStatus: %s\r\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
)
_REPORT_TYPE: Final = b"Content-Type: multipart/report; report-type=%s; boundary=r\r\n"
_ORIGINAL: Final = b"Message-ID: <nuestro@promperu.example>\r\nSubject: Datos\r\n\r\nHola\r\n"


def _report(status: bytes, original: bytes = b"message/rfc822", extra: bytes = b"") -> bytes:
    return (
        _DAEMON
        + b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
        + b"--r\r\n\r\nNo se pudo entregar.\r\n"
        + b"--r\r\nContent-Type: message/delivery-status\r\n"
        + (extra + b"\r\n" + status)
        + (b"\r\n--r\r\nContent-Type: " + original + b"\r\n\r\n" + _ORIGINAL + b"\r\n--r--\r\n")
    )


def _body(text: str) -> bytes:
    extra = b"Content-Type: text/plain; charset=utf-8\r\n"
    return mail(extra=extra, body=text.encode())


ROBOTS: Final[tuple[Sample, ...]] = (
    sample(
        "auto_replied",
        with_header(b"Auto-Submitted", b"auto-replied"),
        kind=_AUTO,
        reason="auto_submitted",
    ),
    sample("auto_generated", with_header(b"Auto-Submitted", b"Auto-Generated; x=y"), kind=_AUTO),
    sample(
        "auto_commented", with_header(b"Auto-Submitted", b"auto-replied (vacation)"), kind=_AUTO
    ),
    sample("auto_no", with_header(b"Auto-Submitted", b"no"), kind="ordinary"),
    sample(
        "vendor_autoreply", with_header(b"X-Autoreply", b"yes"), kind=_AUTO, reason="vendor_field"
    ),
    sample("vendor_autoreply_no", with_header(b"X-Autoreply", b"no"), kind="ordinary"),
    sample("vendor_autorespond", with_header(b"X-Autorespond", b"Estoy de viaje"), kind=_AUTO),
    sample("vendor_class", with_header(b"X-POST-MessageClass", b"9; Autoresponder"), kind=_AUTO),
    sample("suppress_all", with_header(b"X-Auto-Response-Suppress", b"All"), kind=_AUTO),
    sample("suppress_oof", with_header(b"X-Auto-Response-Suppress", b"OOF"), kind="ordinary"),
    sample(
        "precedence_auto",
        with_header(b"Precedence", b"auto_reply"),
        kind=_AUTO,
        reason="precedence",
    ),
    sample("precedence_bulk", with_header(b"Precedence", b"Bulk"), kind=_AUTO),
    sample("group_mailbox", with_header(b"Precedence", b"list"), kind="ordinary"),
    sample("null_envelope", with_header(b"Return-Path", b"<>"), kind=_AUTO, reason="null_path"),
    sample(
        "vacation_subject",
        with_header(b"Subject", "Respuesta automática: Consulta".encode()),
        kind=_AUTO,
        reason="subject",
    ),
    sample("office_subject", with_header(b"Subject", b"Out of Office: hola"), kind=_AUTO),
    sample(
        "answer_to_vacation",
        with_header(b"Subject", "Re: Respuesta automática".encode()),
        kind="ordinary",
    ),
    sample(
        "no_reply_address",
        with_header(b"From", b"No-Reply@x.example"),
        kind=_AUTO,
        reason="robot_address",
    ),
    sample(
        "read_receipt",
        mail(
            extra=_REPORT_TYPE % b"disposition-notification",
            body=b"--r\r\n\r\nLeido\r\n--r--\r\n",
        ),
        kind=_AUTO,
        reason="disposition_notification",
    ),
    sample(
        "abuse_report",
        mail(
            extra=_REPORT_TYPE % b"feedback-report",
            body=b"--r\r\n\r\nSpam\r\n--r--\r\n",
        ),
        kind=_AUTO,
        reason="feedback_report",
    ),
)

REPORTS: Final[tuple[Sample, ...]] = (
    sample(
        "failed",
        _report(_STATUS % (b"failed", b"5.1.1")),
        kind="bounce",
        reported="rosa@cacao.example",
        outcome="failed",
        status="5.1.1",
        diagnostic="550 5.1.1 User unknown",
        original="<nuestro@promperu.example>",
    ),
    sample("delayed", _report(_STATUS % (b"delayed", b"4.4.1")), kind="bounce", outcome="delayed"),
    sample(
        "delivered", _report(_STATUS % (b"delivered", b"2.0.0")), kind="bounce", outcome="delivered"
    ),
    sample(
        "action_unknown",
        _report(_STATUS % (b"exploded", b"4.0.0")),
        kind="bounce",
        outcome="delayed",
    ),
    sample(
        "status_unknown",
        _report(_STATUS % (b"x", b"mal")),
        kind="bounce",
        outcome="failed",
        status="",
    ),
    sample(
        "headers_only",
        _report(_STATUS % (b"failed", b"5.0.0"), b"text/rfc822-headers"),
        kind="bounce",
        original="<nuestro@promperu.example>",
    ),
    sample(
        "no_original",
        _report(_STATUS % (b"failed", b"5.0.0"), b"text/plain"),
        kind="bounce",
        original=None,
    ),
    sample("report_empty", _report(b""), kind="bounce", reported=None, reported_count=0),
    sample("report_of_noise", _report(bytes(range(256)) * 9), kind="bounce", reported=None),
    sample(
        "report_of_thousands",
        _report((_STATUS % (b"failed", b"5.0.0") + b"\r\n") * 2_000),
        kind="bounce",
        reported="rosa@cacao.example",
    ),
    sample(
        "report_bad_recipient",
        _report(b"Final-Recipient: rfc822; <<>>\r\nAction: failed\r\n"),
        kind="bounce",
        reported_count=0,
    ),
    sample(
        "original_recipient_first",
        _report(
            b"Original-Recipient: rfc822;a@b.ec\r\nFinal-Recipient: rfc822;c@d.ec\r\n"
            b"Action: failed\r\nStatus: 5.2.2\r\n"
        ),
        kind="bounce",
        reported="a@b.ec",
    ),
    sample(
        "report_in_base64",
        _report(
            b"RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAYi5lYwpBY3Rpb246IGZhaWxlZAo=",
            extra=b"Content-Transfer-Encoding: base64\r\n",
        ),
        kind="bounce",
        reported="a@b.ec",
    ),
    sample(
        "plain_report",
        _DAEMON
        + b"\r\nI was not able to deliver to:\r\n\r\n<rosa@cacao.example>:\r\n"
        + b"550 5.1.1 no such user\r\n\r\nMessage-ID: <nuestro@promperu.example>\r\n",
        kind="bounce",
        reported="rosa@cacao.example",
        status="5.1.1",
        original="<nuestro@promperu.example>",
    ),
    sample(
        "failed_recipients_field",
        _DAEMON + b"X-Failed-Recipients: a@b.ec, c@d.ec\r\n\r\nx",
        kind="bounce",
        reported="a@b.ec",
        reported_count=2,
    ),
    sample("daemon_without_words", _DAEMON + b"\r\n", kind="bounce", reported=None),
    sample("postmaster_person", with_header(b"From", b"postmaster@x.example"), kind="ordinary"),
    sample(
        "postmaster_null_path",
        with_header(b"From", b"postmaster@x.example\r\nReturn-Path: <>"),
        kind="bounce",
    ),
)

QUOTATIONS: Final[tuple[Sample, ...]] = (
    sample("no_quotation", _body("Solo esto.\nY esto."), reply="Solo esto.\nY esto.", quoted=""),
    sample(
        "gmail_spanish",
        _body(
            "Mi RUC es 1.\n\nEl lun, 23 nov 2026 a las 9:15, Exportador (<e@p.ec>)\nescribió:"
            "\n\n> Datos\n"
        ),
        reply="Mi RUC es 1.",
    ),
    sample(
        "gmail_english",
        _body("Ok.\n\nOn Mon, Nov 23, 2026 at 9:15 AM Desk <e@p.ec> wrote:\n> Data\n"),
        reply="Ok.",
    ),
    sample(
        "apple_spanish",
        _body("Ok.\n\n> El 23 nov 2026, a las 9:15, Mesa <e@p.ec> escribió:\n> \n> Datos"),
        reply="Ok.",
    ),
    sample(
        "outlook_spanish",
        _body(
            "Ok.\n\nDe: Exportador <e@p.ec>\n"
            "Enviado: lunes 23\nPara: Rosa\nAsunto: Datos\n\nSus datos"
        ),
        reply="Ok.",
    ),
    sample(
        "outlook_english",
        _body(
            "Ok.\n\n________________________________\n"
            "From: Desk <e@p.ec>\nSent: Monday\nTo: R\nSubject: D\n\nData"
        ),
        reply="Ok.",
    ),
    sample(
        "outlook_bold",
        _body("Ok.\n\n*De:* Mesa <e@p.ec>\n*Enviado el:* lunes\n\nDatos"),
        reply="Ok.",
    ),
    sample(
        "original_message", _body("Ok.\n\n-----Mensaje original-----\nDe: x\n\nDatos"), reply="Ok."
    ),
    sample(
        "original_message_english", _body("Ok.\n\n-----Original Message-----\nData"), reply="Ok."
    ),
    sample(
        "our_marker",
        _body("Ok.\n\n##- Escriba su respuesta por encima de esta línea -##\n\nDatos"),
        reply="Ok.",
    ),
    sample(
        "our_marker_quoted",
        _body(
            "Ok.\n\nMesa <e@p.ec>:\n"
            "> ##- Escriba su respuesta por encima de esta línea -##\n> Datos"
        ),
        reply="Ok.",
    ),
    sample(
        "our_marker_after_a_sign",
        _body(
            "El 23/11 Mesa escribió:\n> x\n"
            "Ok.\n##- Escriba su respuesta por encima de esta línea -##\nDatos"
        ),
        kind="ordinary",
    ),
    sample(
        "answer_below",
        _body("El 23/11/2026, Mesa <e@p.ec> escribió:\n> Su nombre\n> Su RUC\n\nSoy Rosa."),
        reply="Soy Rosa.",
    ),
    sample(
        "answers_between",
        _body("> Su nombre\nRosa\n> Su RUC\n20100070970"),
        reply="> Su nombre\nRosa\n> Su RUC\n20100070970",
    ),
    sample(
        "only_quotation", _body("> Su nombre\n> Su RUC\n"), reply="", quoted="> Su nombre\n> Su RUC"
    ),
    sample(
        "forward_without_words",
        _body("-----Mensaje original-----\nDe: x\n\nDatos"),
        reply="-----Mensaje original-----\nDe: x\n\nDatos",
    ),
    sample(
        "device_line",
        _body("Ok.\n\nEnviado desde mi iPhone\n\nEl 23 nov 2026, Mesa <e@p.ec> escribió:\n> x"),
        reply="Ok.",
    ),
    sample("only_device_line", _body("Enviado desde mi iPhone"), reply="Enviado desde mi iPhone"),
    sample(
        "verb_in_prose",
        _body("El gerente escribió:\nqueremos exportar."),
        reply="El gerente escribió:\nqueremos exportar.",
    ),
    sample("from_in_prose", _body("De: Lima\nmandamos cacao."), reply="De: Lima\nmandamos cacao."),
    sample("arrow_in_prose", _body("Precio > 10 USD\nGracias"), reply="Precio > 10 USD\nGracias"),
    sample("many_quote_lines", _body("> a\nb\n" * 30_000), kind="ordinary"),
    sample(
        "many_introductions", _body(("El 1 de a@b.c " + "x" * 180 + ":\n") * 2_000), kind="ordinary"
    ),
)

SAMPLES: Final = (*ROBOTS, *REPORTS, *QUOTATIONS)
