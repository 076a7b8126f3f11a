"""Samples about bodies: charsets, encodings, nesting, HTML and files."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Final

from tests.channels.mail.samples import HEAD, Sample, mail, multipart, part, sample

_PLAIN: Final = b"text/plain; charset=utf-8"
_HTML: Final = b"text/html; charset=utf-8"
_B64: Final = b"Content-Transfer-Encoding: base64\r\n"
_QP: Final = b"Content-Transfer-Encoding: quoted-printable\r\n"
_PDF: Final = b"%PDF-1.7\n1 0 obj\n"
_ATTACHED: Final = b"Content-Disposition: attachment; "


def _text(charset: bytes, body: bytes, extra: bytes = b"") -> bytes:
    return mail(extra=b"Content-Type: text/plain; charset=" + charset + b"\r\n" + extra, body=body)


def _html(body: bytes) -> bytes:
    return mail(extra=b"Content-Type: text/html; charset=utf-8\r\n", body=body)


def _file(disposition: bytes, content: bytes = _PDF, kind: bytes = b"application/pdf") -> bytes:
    attached = part(kind, base64.encodebytes(content), _B64 + _ATTACHED + disposition + b"\r\n")
    return multipart(b"mixed", part(_PLAIN, b"Adjunto."), attached)


def _named(name: bytes) -> bytes:
    return _file(b'filename="' + name + b'"')


def _office(folder: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return buffer.getvalue()


def _nested(depth: int, *, same: bool) -> bytes:
    head = b""
    for level in range(depth):
        mark = b"b" if same else b"b%d" % level
        head += b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n--" + mark + b"\r\n"
    return HEAD + head + b"\r\nfondo\r\n"


CHARSETS: Final[tuple[Sample, ...]] = (
    sample("utf8", _text(b"utf-8", "año".encode()), text="año"),
    sample("utf8_with_mark", _text(b"utf-8", b"\xef\xbb\xbfhola"), text="hola"),
    sample("latin", _text(b"iso-8859-1", "año".encode("latin-1")), text="año"),
    sample("windows", _text(b"windows-1252", "“año” €".encode("cp1252")), text="“año” €"),
    sample("latin_that_is_windows", _text(b"iso-8859-1", "€".encode("cp1252")), text="€"),
    sample("latin_that_is_utf8", _text(b"iso-8859-1", "año".encode()), text="año"),
    sample("utf8_that_is_latin", _text(b"utf-8", "año nuevo".encode("latin-1")), text="año nuevo"),
    sample("ascii_that_is_utf8", _text(b"us-ascii", "ñandú".encode()), text="ñandú"),
    sample("damaged_utf8", _text(b"utf-8", "ñandú ñ".encode() + b"\xff"), text="ñandú ñ\ufffd"),
    sample("unknown_charset_body", _text(b"x-unknown-9", "año".encode()), text="año"),
    sample("charset_of_symbols", _text(b'"../../etc"', b"hola"), text="hola"),
    sample("charset_rot13", _text(b"rot13", b"hola"), text="hola"),
    sample("charset_punycode", _text(b"punycode", b"hola-" + b"9" * 900), kind="ordinary"),
    sample("charset_undefined", _text(b"undefined", b"hola"), text="hola"),
    sample("charset_idna", _text(b"idna", b"hola"), text="hola"),
    sample("utf16", _text(b"utf-16", "año".encode("utf-16")), text="año"),
    sample("utf16_cut", _text(b"utf-16", "año".encode("utf-16")[:-1]), kind="ordinary"),
    sample("utf7_body", _text(b"utf-7", b"a+APE-o"), text="año"),
    sample("utf7_lone_surrogate", _text(b"utf-7", b"+2AA- hola"), text="hola"),
    sample("japanese", _text(b"iso-2022-jp", "日本".encode("iso-2022-jp")), text="日本"),
    sample("chinese_cut", _text(b"gb18030", "中国".encode("gb18030")[:-1]), kind="ordinary"),
    sample("nul_in_text", _text(b"utf-8", b"ho\x00la"), text="hola"),
    sample("surrogate_in_text", _text(b"utf-8", b"hola\xed\xa0\x80"), kind="ordinary"),
)

ENCODINGS: Final[tuple[Sample, ...]] = (
    sample("quoted_printable", _text(b"utf-8", b"a=C3=B1o=\r\n nuevo", _QP), text="año nuevo"),
    sample("quoted_printable_broken", _text(b"utf-8", b"100=% =ZZ =", _QP), kind="ordinary"),
    sample("base64_text", _text(b"utf-8", base64.b64encode("año".encode()), _B64), text="año"),
    sample("base64_with_noise", _text(b"utf-8", b"a-G*9 s\r\nYQ", _B64), text="hola"),
    sample("base64_not_at_all", _text(b"utf-8", b"\xff\xfe!!!", _B64), text=""),
    sample(
        "unknown_encoding",
        _text(b"utf-8", b"hola", b"Content-Transfer-Encoding: x-y\r\n"),
        text="hola",
    ),
    sample("flowed", _text(b"utf-8; format=flowed", b"uno \r\ndos\r\ntres"), text="uno dos\ntres"),
    sample(
        "flowed_without_space",
        _text(b"utf-8; format=flowed; delsp=yes", b"uno \r\ndos"),
        text="unodos",
    ),
    sample(
        "flowed_never_ends",
        _text(b"utf-8; format=flowed", b"uno \r\n" * 9),
        text=" ".join(["uno"] * 9),
    ),
)

TREES: Final[tuple[Sample, ...]] = (
    sample(
        "alternative",
        multipart(b"alternative", part(_PLAIN, b"llano"), part(_HTML, b"<p>html")),
        text="llano",
        has_html=True,
    ),
    sample(
        "alternative_empty_plain",
        multipart(b"alternative", part(_PLAIN, b" "), part(_HTML, b"<p>html")),
        text="html",
    ),
    sample(
        "two_texts",
        multipart(b"mixed", part(_PLAIN, b"uno"), part(_PLAIN, b"dos")),
        text="uno\n\ndos",
    ),
    sample(
        "attached_text",
        multipart(
            b"mixed", part(_PLAIN, b"uno"), part(_PLAIN, b"dos", _ATTACHED + b"filename=a.txt\r\n")
        ),
        text="uno",
        files=("a.txt",),
    ),
    sample(
        "no_boundary_named",
        mail(extra=b"Content-Type: multipart/mixed\r\n", body=b"--x\r\n\r\nuno\r\n--x--\r\n"),
        text="uno",
        cuts=frozenset({"boundary"}),
    ),
    sample(
        "wrong_boundary_named",
        mail(
            extra=b"Content-Type: multipart/mixed; boundary=otro\r\n",
            body=b"--x\r\n\r\nuno\r\n--x--\r\n",
        ),
        text="uno",
    ),
    sample(
        "boundary_never_comes",
        mail(extra=b"Content-Type: multipart/mixed; boundary=x\r\n", body=b"hola"),
        text="hola",
    ),
    sample(
        "no_last_boundary",
        mail(extra=b"Content-Type: multipart/mixed; boundary=x\r\n", body=b"--x\r\n\r\nhola"),
        text="hola",
    ),
    sample(
        "only_the_last_boundary",
        mail(extra=b"Content-Type: multipart/mixed; boundary=x\r\n", body=b"--x--\r\n"),
        kind="ordinary",
    ),
    sample(
        "boundary_that_begins_another",
        multipart(b"mixed", part(_PLAIN, b"uno\r\n--fronteras\r\ndos")),
        text="uno\n--fronteras\ndos",
    ),
    sample(
        "boundary_with_regex_signs",
        multipart(b"mixed", part(_PLAIN, b"uno"), boundary=b"(.*)+?[x"),
        text="uno",
    ),
    sample(
        "boundary_very_long",
        multipart(b"mixed", part(_PLAIN, b"uno"), boundary=b"z" * 900),
        kind="ordinary",
    ),
    sample("empty_parts", multipart(b"mixed", b"", b"", part(_PLAIN, b"uno")), text="uno"),
    sample("two_thousand_deep", _nested(2_000, same=False), cuts=frozenset({"depth"})),
    sample("two_thousand_deep_same_mark", _nested(2_000, same=True), kind="ordinary"),
    sample(
        "two_thousand_side_by_side",
        multipart(b"mixed", *(part(_PLAIN, b"n%d" % n) for n in range(2_000))),
        cuts=frozenset({"parts"}),
    ),
    sample(
        "two_thousand_messages_in_messages",
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
        kind="ordinary",
    ),
    sample(
        "forwarded_message",
        multipart(b"mixed", part(_PLAIN, b"mire"), part(b"message/rfc822", mail())),
        text="mire",
        file_type="message/rfc822",
    ),
    sample("digest", multipart(b"digest", b"\r\n" + mail()), file_type="message/rfc822"),
    sample(
        "bad_content_type", mail(extra=b"Content-Type: hola que tal\r\n"), file_type="text/plain"
    ),
    sample("short_content_type", mail(extra=b"Content-Type: text\r\n"), text="Buenos dias."),
    sample(
        "signed",
        multipart(b"signed", part(_PLAIN, b"firmado"), part(b"application/pgp-signature", b"xx")),
        text="firmado",
    ),
    sample("long_text", mail(body=b"hola que tal " * 80_000), cuts=frozenset({"text"})),
)

PAGES: Final[tuple[Sample, ...]] = (
    sample("html_only", _html(b"<p>Hola <b>Ana</b></p><p>Adios</p>"), text="Hola Ana\n\nAdios"),
    sample("html_script", _html(b"<script>alert(1)</script>hola<style>p{}</style>"), text="hola"),
    sample("html_script_open", _html(b"hola<script>alert(1)"), text="holaalert(1)"),
    sample("html_title_open", _html(b"<title>x<p>hola"), text="x\n\nhola"),
    sample("html_comment", _html(b"a<!-- x --><!-->b"), kind="ordinary"),
    sample(
        "html_entities", _html(b"&lt;b&gt; a&ntilde;o &#0; &#xD800; &#99999999;"), kind="ordinary"
    ),
    sample("html_entity_script", _html(b"&lt;script&gt;"), text="<script>"),
    sample("html_list", _html(b"<ul><li>uno<li>dos</ul>"), text="- uno\n- dos"),
    sample("html_table", _html(b"<table><tr><td>a<td>b<tr><td>c</table>"), text="a b\nc"),
    sample(
        "html_quote", _html(b"si<blockquote>antes</blockquote>"), text="si\n> antes", reply="si"
    ),
    sample("html_open_tag", _html(b"hola <p"), text="hola"),
    sample("html_less_than", _html(b"2 < 3 y 4 > 3"), text="2 < 3 y 4 > 3"),
    sample("html_only_signs", _html(b"<" * 50_000), text="<" * 50_000),
    sample("html_deep", _html(b"<div>" * 100_000 + b"hola"), text="hola"),
    sample("html_deep_quotes", _html(b"<blockquote>" * 50_000 + b"hola"), kind="ordinary"),
    sample("html_many_comments", _html(b"<!--" * 100_000), kind="ordinary"),
    sample("html_empty", _html(b"<p></p>"), text=""),
)

FILES: Final[tuple[Sample, ...]] = (
    sample(
        "pdf", _named(b"a.pdf"), files=("a.pdf",), file_type="application/pdf", file_size=len(_PDF)
    ),
    sample(
        "pdf_that_lies",
        _file(b"filename=a.pdf", b"MZ\x90\x00"),
        file_type="application/x-msdownload",
        file_dangerous=True,
    ),
    sample(
        "page_that_lies",
        _file(b"filename=a.png", b"<html><script>"),
        file_type="text/html",
        file_dangerous=True,
    ),
    sample(
        "drawing",
        _file(b"filename=a.svg", b"<?xml version='1.0'?><svg/>"),
        file_type="image/svg+xml",
        file_dangerous=True,
    ),
    sample("two_endings", _named(b"a.pdf.exe"), files=("a.pdf.exe",), file_dangerous=True),
    sample(
        "word",
        _file(b"filename=a.docx", _office("word")),
        file_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    sample(
        "sheet",
        _file(b"filename=a.xlsx", _office("xl")),
        file_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    sample("archive", _file(b"filename=a.zip", _office("otro")), file_type="application/zip"),
    sample("jpeg", _file(b"filename=a.jpg", b"\xff\xd8\xff\xe0"), file_type="image/jpeg"),
    sample("csv", _file(b"filename=a.csv", b"a;b\r\n1;2", b"text/csv"), file_type="text/csv"),
    sample("upward_path", _named(b"../../../etc/passwd"), files=("passwd",)),
    sample("windows_path", _named(b"C:\\\\dir\\\\a.pdf"), files=("a.pdf",)),
    sample("hidden_file", _named(b".htaccess"), files=("htaccess",)),
    sample("device_name", _named(b"con.pdf"), files=("_con.pdf",)),
    sample("only_dots", _named(b"..."), files=("archivo-1.pdf",)),
    sample("no_name", _file(b"x=y"), files=("archivo-1.pdf",)),
    sample("turned_file_name", _named("factura\u202efdp.exe".encode()), files=("facturafdp.exe",)),
    sample("nul_in_name", _named(b"a\x00.pdf"), files=("a.pdf",)),
    sample("line_end_in_name", _file(b"filename*=utf-8''a%0D%0Ab.pdf"), files=("a b.pdf",)),
    sample("long_name", _named(b"a" * 900 + b".pdf"), files=("a" * 116 + ".pdf",)),
    sample("encoded_file_name", _file(b"filename*=utf-8''a%C3%B1o.pdf"), files=("año.pdf",)),
    sample(
        "name_in_pieces", _file(b"filename*0*=utf-8''a%C3%B1; filename*1=o.pdf"), files=("año.pdf",)
    ),
    sample("name_in_lost_pieces", _file(b"filename*999=x; filename*7=y"), files=("yx",)),
    sample("word_as_name", _named(b"=?utf-8?q?a=C3=B1o.pdf?="), files=("año.pdf",)),
    sample(
        "name_of_type",
        multipart(b"mixed", part(b'application/pdf; name="b.pdf"', _PDF)),
        files=("b.pdf",),
    ),
    sample(
        "same_name_twice",
        multipart(
            b"mixed",
            part(b"application/pdf; name=a.pdf", _PDF),
            part(b"application/pdf; name=A.pdf", _PDF),
        ),
        files=("a.pdf", "A (2).pdf"),
    ),
    sample("empty_file", _file(b"filename=a.pdf", b""), files=("a.pdf",), file_size=0),
    sample(
        "inline_picture",
        multipart(
            b"related",
            part(_HTML, b"<img src=cid:x>"),
            part(b"image/png", b"\x89PNG\r\n\x1a\n", b"Content-ID: <x>\r\n"),
        ),
        file_inline=True,
        file_type="image/png",
    ),
    sample(
        "mail_is_a_file",
        mail(extra=b"Content-Type: application/pdf; name=a.pdf\r\n", body=_PDF),
        text="",
        files=("a.pdf",),
    ),
)

SAMPLES: Final = (*CHARSETS, *ENCODINGS, *TREES, *PAGES, *FILES)
