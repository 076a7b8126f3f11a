"""Scripts that are said and messages that are written."""

import hashlib

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.sections import MEDIA
from ventanilla.core.definition.compile.sections_pack import CHANNELS
from ventanilla.core.definition.compile.shape import Form, as_scalar, is_blank, open_form
from ventanilla.core.definition.compile.sources import Letter
from ventanilla.core.definition.model import Message, Script, Template
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.definition.texts import Text

_MEDIA = {medium: medium for medium in MEDIA}


def compile_script(key: Scalar, node: Node, names: Names) -> Script | None:
    """What is said. A text alone is said on every channel; ``behaviour`` is what to mind."""
    if isinstance(node, Scalar):
        return Script(name=key.text, phase="", texts={"": names.text(node)})
    form = open_form(node, names.problems, sections.SCRIPT)
    if form is None:
        return None
    texts = _texts(form, names)
    if not texts and not form.has("behaviour"):
        names.problems.add(Code.MISSING_KEY, form.mark, name="text")
    return Script(
        name=key.text,
        phase=form.text("phase"),
        texts=texts,
        behaviour=form.texts("behaviour"),
        asks=tuple(names.field(scalar) for scalar in form.scalars("asks")),
        condition=names.condition(form.scalar("if")),
    )


def _texts(form: Form, names: Names) -> dict[str, Text]:
    node = form.get("text")
    if node is None or is_blank(node):
        return {}
    if isinstance(node, Scalar):
        return {"": names.text(node)}
    found: dict[str, Text] = {}
    for key, value in form.entries("text"):
        if key.text not in (*CHANNELS, "else"):
            names.problems.add(
                Code.UNKNOWN_CHANNEL, key.mark, name=key.text, near=near(key.text, CHANNELS)
            )
            continue
        scalar = as_scalar(value, names.problems)
        if scalar is not None:
            found["" if key.text == "else" else key.text] = names.text(scalar)
    return found


def compile_message(name: str, letter: Letter, names: Names) -> Message | None:
    """A message file: front matter and body, with its merge fields checked for this procedure."""
    if letter.front is None:
        names.problems.add(Code.FRONT_MATTER, letter.body.mark)
        return None
    form = open_form(letter.front, names.problems, sections.FRONT_MATTER)
    if form is None:
        return None
    subject, body = form.scalar("subject"), names.text(_trimmed(letter.body))
    title = names.text(subject)
    if is_blank(letter.body):
        names.problems.add(Code.EMPTY, letter.body.mark, name=name)
    return Message(
        name=name,
        title=form.text("title"),
        subject=title,
        body=body,
        via=_via(form, subject),
        template=_template(form),
        fallback=_fallback(form, subject),
        digest=_digest(title.wording, body.wording),
    )


def _trimmed(body: Scalar) -> Scalar:
    """The body without the empty lines around it; places stay true."""
    lead = len(body.text) - len(body.text.lstrip("\n"))
    return Scalar(
        text=body.text.strip("\n"), mark=body.at(lead), exact=body.exact, indent=body.indent
    )


def _via(form: Form, subject: Scalar | None) -> tuple[str, ...]:
    if not form.has("via"):
        return ("email",)
    found = []
    for scalar in form.scalars("via"):
        if scalar.text in _MEDIA:
            found.append(scalar.text)
            continue
        form.problems.add(
            Code.UNKNOWN_CHANNEL, scalar.mark, name=scalar.text, near=near(scalar.text, MEDIA)
        )
    if "email" in found and (subject is None or is_blank(subject)):
        form.problems.add(Code.MISSING_KEY, form.mark, name="subject")
    return tuple(found) or ("email",)


def _template(form: Form) -> Template | None:
    """What WhatsApp approved; a message that may leave by WhatsApp should have one."""
    inner = open_form(form.get("template"), form.problems, sections.TEMPLATE)
    if inner is None:
        if "whatsapp" in form.texts("via"):
            form.problems.add(Code.TEMPLATE_MISSING, form.mark_of("via"))
        return None
    return Template(name=inner.text("name"), language=inner.text("language"))


def _fallback(form: Form, subject: Scalar | None) -> str | None:
    found = form.one_of("fallback", _MEDIA)
    if found == "email" and (subject is None or is_blank(subject)):
        form.problems.add(Code.MISSING_KEY, form.mark, name="subject")
    return found


def _digest(subject: str, body: str) -> str:
    return hashlib.sha256(f"{subject}\0{body}".encode()).hexdigest()[:16]
