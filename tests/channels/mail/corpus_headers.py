"""Samples about headers: missing, doubled, broken, badly encoded, injected."""

from __future__ import annotations

from typing import Final

from tests.channels.mail.samples import (
    HEAD,
    Sample,
    mail,
    sample,
    with_header,
    without_header,
)

_FROM: Final = b"From"
_SUBJECT: Final = b"Subject"
_DATE: Final = b"Date"

NOT_MAILS: Final[tuple[Sample, ...]] = (
    sample("nothing", b"", kind="unreadable", reason="empty"),
    sample("only_blanks", b" \r\n\t\r\n", kind="unreadable", reason="empty"),
    sample("only_nul", b"\x00" * 500, kind="unreadable", reason="not_a_message"),
    sample("random_bytes", bytes(range(256)) * 4, kind="unreadable", reason="not_a_message"),
    sample("prose", b"Hola, necesito ayuda.\n", kind="unreadable", reason="not_a_message"),
    sample("a_picture", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, kind="unreadable"),
    sample("json", b'{"from": "rosa"}\n', kind="unreadable", reason="not_a_message"),
    sample("unknown_fields", b"A: 1\nB: 2\n\nx", kind="unreadable", reason="not_a_message"),
    sample("too_big", b"Subject: x\r\n\r\n" + b"a" * (81 * 1024 * 1024), kind="unreadable"),
)

MISSING: Final[tuple[Sample, ...]] = (
    sample("plain", mail(), sender="rosa@cacao.example", name="Rosa Quispe", text="Buenos dias."),
    sample("no_message_id", without_header(b"Message-ID"), message_id=None, subject="Consulta"),
    sample("no_from", without_header(b"From"), sender=None, text="Buenos dias."),
    sample("no_date", without_header(b"Date"), date=None),
    sample("no_subject", without_header(b"Subject"), subject=""),
    sample("no_to", without_header(b"To"), to=()),
    sample("only_a_subject", b"Subject: hola\r\n\r\n", sender=None, text="", subject="hola"),
    sample("no_body", HEAD + b"\r\n", text="", reply=""),
    sample("no_blank_line_at_the_end", HEAD, text="", subject="Consulta"),
    sample("no_line_end_at_all", b"Subject: hola", subject="hola", text=""),
    sample("body_without_blank_line", HEAD + b"hola sin linea\r\n", text="hola sin linea"),
    sample("unix_lines", mail().replace(b"\r\n", b"\n"), text="Buenos dias.", subject="Consulta"),
    sample("old_mac_lines", mail().replace(b"\r\n", b"\r"), text="Buenos dias."),
    sample("mbox_line", b"From rosa Mon Nov 23 2026\n" + mail(), sender="rosa@cacao.example"),
    sample("blank_lines_before", b"\r\n\r\n" + mail(), subject="Consulta"),
    sample("sender_instead_of_from", b"Sender: a@b.example\r\n\r\nx", sender="a@b.example"),
    sample("path_instead_of_from", b"Return-Path: <a@b.example>\r\n\r\nx", sender="a@b.example"),
)

IDENTIFIERS: Final[tuple[Sample, ...]] = (
    sample("bare_id", with_header(b"Message-ID", b"abc@x.example"), message_id="<abc@x.example>"),
    sample("spaced_id", with_header(b"Message-ID", b"< abc@x >"), message_id="<abc@x>"),
    sample("empty_id", with_header(b"Message-ID", b"<>"), message_id=None),
    sample("blank_in_id", with_header(b"Message-ID", b"<a b@c>"), message_id=None),
    sample("long_id", with_header(b"Message-ID", b"<" + b"a" * 900 + b"@x>"), message_id=None),
    sample(
        "two_ids",
        with_header(b"Message-ID", b"<uno@x>\r\nMessage-ID: <dos@x>"),
        message_id="<uno@x>",
    ),
    sample(
        "folded_references",
        with_header(b"References", b"<a@x>\r\n <b@x>\r\n\t<a@x> <c@x>"),
        references=("<a@x>", "<b@x>", "<c@x>"),
    ),
    sample(
        "prose_in_reply_to",
        with_header(b"In-Reply-To", b"Your message of Monday <a@x>"),
        in_reply_to=("<a@x>",),
    ),
    sample("html_in_reply_to", with_header(b"In-Reply-To", b"<<<>>>"), in_reply_to=()),
)

ADDRESSES: Final[tuple[Sample, ...]] = (
    sample("only_mailbox", with_header(_FROM, b"a@b.example"), sender="a@b.example", name=""),
    sample("comment_name", with_header(_FROM, b"a@b.example (Ana P)"), name="Ana P"),
    sample("comma_in_quotes", with_header(_FROM, b'"Paz, Ana" <a@b.example>'), name="Paz, Ana"),
    sample("comma_without_quotes", with_header(_FROM, b"Paz, Ana <a@b.ec>"), sender="a@b.ec"),
    sample("upper_domain", with_header(_FROM, b"Ana@B.EXAMPLE"), sender="Ana@b.example"),
    sample("no_closing_angle", with_header(_FROM, b"Ana <a@b.example"), sender="a@b.example"),
    sample("no_domain", with_header(_FROM, b"Ana <ana>"), sender=None),
    sample("no_local", with_header(_FROM, b"<@b.example>"), sender=None),
    sample("two_ats", with_header(_FROM, b"a@b@c.example"), sender=None),
    sample("space_inside", with_header(_FROM, b"<a b@c.example>"), sender=None),
    sample("dot_domain", with_header(_FROM, b"<a@...>"), sender=None),
    sample("long_local", with_header(_FROM, b"a" * 65 + b"@b.example"), sender=None),
    sample("long_domain", with_header(_FROM, b"a@" + b"b" * 300), sender=None),
    sample("null_path", with_header(_FROM, b"<>"), sender=None),
    sample("first_bad_then_good", with_header(_FROM, b"x, <a@b.ec>"), sender="a@b.ec"),
    sample("utf8_name", with_header(_FROM, "José Ñúñez <j@b.ec>".encode()), name="José Ñúñez"),
    sample("latin_name", with_header(_FROM, "José <j@b.ec>".encode("latin-1")), name="José"),
    sample("encoded_name", with_header(_FROM, b"=?utf-8?q?Jos=C3=A9?= <j@b.ec>"), name="José"),
    sample(
        "encoded_comma_and_angle",
        with_header(_FROM, b"=?utf-8?q?a=2C_=3Cjefe=40x=2Eec=3E?= <j@b.ec>"),
        sender="j@b.ec",
        name="a, <jefe@x.ec>",
    ),
    sample(
        "encoded_line_break",
        with_header(_FROM, b"=?utf-8?q?Ana=0D=0ABcc=3A_x=40y.ec?= <j@b.ec>"),
        name="Ana Bcc: x@y.ec",
    ),
    sample("quoted_encoded", with_header(_FROM, b'"=?utf-8?q?A=C3=B1o?=" <j@b.ec>'), name="Año"),
    sample(
        "turned_name", with_header(_FROM, "ana\u202exe.cod <j@b.ec>".encode()), name="anaxe.cod"
    ),
    sample("idn_domain", with_header(_FROM, "a@ñandú.example".encode()), sender="a@ñandú.example"),
    sample("group", with_header(b"To", b"Todos: a@b.ec, c@d.ec;"), to=("a@b.ec", "c@d.ec")),
    sample("undisclosed", with_header(b"To", b"undisclosed-recipients:;"), to=()),
    sample("semicolons", with_header(b"To", b"a@b.ec; c@d.ec"), to=("a@b.ec", "c@d.ec")),
    sample("same_twice", with_header(b"Cc", b"a@b.ec, A@B.EC"), cc=("a@b.ec",)),
    sample("open_quote", with_header(b"To", b'"Ana <a@b.ec>'), to=("a@b.ec",)),
    sample("deep_comments", with_header(b"To", b"(" * 5_000 + b"a@b.ec"), to=()),
    sample(
        "plus_address",
        with_header(b"Delivered-To", b"exportador+abc@promperu.example"),
        delivered_to=("exportador+abc@promperu.example",),
    ),
    sample(
        "two_reply_to", with_header(b"Reply-To", b"a@b.ec, c@d.ec"), reply_to=("a@b.ec", "c@d.ec")
    ),
)

WORDS: Final[tuple[Sample, ...]] = (
    sample(
        "raw_utf8",
        with_header(_SUBJECT, "Exportación de café".encode()),
        subject="Exportación de café",
    ),
    sample(
        "raw_latin", with_header(_SUBJECT, "Exportación".encode("latin-1")), subject="Exportación"
    ),
    sample("base64_word", with_header(_SUBJECT, b"=?UTF-8?B?w7FhbmTDug==?="), subject="ñandú"),
    sample("no_padding", with_header(_SUBJECT, b"=?UTF-8?B?w7FhbmTDug?="), subject="ñandú"),
    sample("broken_base64", with_header(_SUBJECT, b"=?UTF-8?B?w7FhbmTDu?="), subject="ñand\ufffd"),
    sample("latin_word", with_header(_SUBJECT, b"=?iso-8859-1?Q?a=F1o?="), subject="año"),
    sample("unknown_charset", with_header(_SUBJECT, b"=?x-martian?Q?a=C3=B1o?="), subject="año"),
    sample("language_tag", with_header(_SUBJECT, b"=?utf-8*es?Q?a=C3=B1o?="), subject="año"),
    sample(
        "letter_cut_between_words",
        with_header(_SUBJECT, b"=?utf-8?B?YcM=?=\r\n =?utf-8?B?sW8=?="),
        subject="año",
    ),
    sample(
        "words_and_prose",
        with_header(_SUBJECT, b"Re: =?utf-8?q?a=C3=B1o?= 2026"),
        subject="Re: año 2026",
    ),
    sample("spaces_in_word", with_header(_SUBJECT, b"=?utf-8?q?a b c?="), subject="a b c"),
    sample("never_ending_word", with_header(_SUBJECT, b"=?utf-8?q?abc"), subject="=?utf-8?q?abc"),
    sample("word_with_nul", with_header(_SUBJECT, b"=?utf-8?q?a=00b?="), subject="ab"),
    sample("utf7_surrogate", with_header(_SUBJECT, b"=?utf-7?q?+2AA-x?="), subject="x"),
    sample(
        "surrogate_bytes",
        with_header(_SUBJECT, b"a\xed\xa0\x80b"),
        subject="aí\xa0€b".replace("\xa0", " "),
    ),
    sample(
        "codec_that_runs", with_header(_SUBJECT, b"=?unicode_escape?q?=5Cx41?="), subject="\\x41"
    ),
    sample("codec_that_unpacks", with_header(_SUBJECT, b"=?zlib?b?eJw=?="), reason=""),
    sample("injected_header", with_header(_SUBJECT, b"a\r\nBcc: x@y.ec"), subject="a", cc=()),
    sample("long_subject", with_header(_SUBJECT, b"a" * 5_000), subject="a" * 500),
    sample("vertical_tabs", with_header(_SUBJECT, b"a\x0b\x0c\x1bb"), subject="ab"),
    sample("line_separator", with_header(_SUBJECT, "a\u2028b".encode()), subject="a b"),
    sample(
        "folded",
        with_header(_SUBJECT, b"uno\r\n dos\r\n\ttres"),
        subject="uno dos\ttres".replace("\t", " "),
    ),
    sample(
        "header_of_one_megabyte",
        with_header(b"X-Large", b"a" * 1_000_000),
        cuts=frozenset({"headers"}),
    ),
    sample("ten_thousand_headers", HEAD + b"X: y\r\n" * 10_000 + b"\r\nhola", text="hola"),
)

DATES: Final[tuple[Sample, ...]] = (
    sample("peru", mail(), date="2026-11-23T14:15:00+00:00"),
    sample(
        "no_zone",
        with_header(_DATE, b"Mon, 23 Nov 2026 09:15:00"),
        date="2026-11-23T09:15:00+00:00",
    ),
    sample(
        "named_zone",
        with_header(_DATE, b"23 Nov 2026 09:15:00 EST"),
        date="2026-11-23T14:15:00+00:00",
    ),
    sample("month_13", with_header(_DATE, b"23 Foo 2026 09:15:00 -0500"), date=None),
    sample("day_99", with_header(_DATE, b"99 Nov 2026 09:15:00 -0500"), date=None),
    sample("hour_77", with_header(_DATE, b"23 Nov 2026 77:15:00 -0500"), date=None),
    sample(
        "year_two_digits_as_four",
        with_header(_DATE, b"23 Nov 0000 09:15:00 -0500"),
        kind="ordinary",
    ),
    sample("year_9999", with_header(_DATE, b"31 Dec 9999 23:59:59 -2359"), date=None),
    sample(
        "huge_zone", with_header(_DATE, b"23 Nov 2026 09:15:00 -99999999999999"), kind="ordinary"
    ),
    sample("spanish_date", with_header(_DATE, b"lunes, 23 de noviembre"), date=None),
    sample("empty_date", with_header(_DATE, b""), date=None),
    sample("digits", with_header(_DATE, b"9" * 5_000), date=None),
)

SAMPLES: Final = (*NOT_MAILS, *MISSING, *IDENTIFIERS, *ADDRESSES, *WORDS, *DATES)
