"""The picture tells what the procedure says, to eyes and to readers of screens."""

import re
from xml.etree import ElementTree as ET

from tests.core.drawing.cases import Drawn, sound
from ventanilla.core.definition.model import EventKind
from ventanilla.core.drawing.conditions import told
from ventanilla.core.drawing.graph import NodeKind
from ventanilla.core.drawing.svg import svg_of
from ventanilla.packs.drawing_words import SPANISH, WORDINGS

SVG = "{http://www.w3.org/2000/svg}"


def picture(drawn: Drawn) -> ET.Element:
    return ET.fromstring(svg_of(drawn.layout, SPANISH))


def words(element: ET.Element) -> str:
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def by_id(root: ET.Element, name: str) -> ET.Element:
    (found,) = [element for element in root.iter() if element.get("id") == name]
    return found


def test_picture_it_is_an_image_with_a_title_and_a_description() -> None:
    for drawn in sound():
        root = picture(drawn)

        assert root.get("role") == "img"
        assert by_id(root, "picture-title").text == drawn.procedure.title
        assert str(len(drawn.procedure.steps)) in (by_id(root, "picture-text").text or "")


def test_picture_it_shows_every_title_whole() -> None:
    for drawn in sound():
        root = picture(drawn)
        for pool in drawn.layout.flow.pools:
            for node in pool.nodes.values():
                if node.kind is not NodeKind.GATE:
                    assert _plain(node.title) in _plain(words(by_id(root, node.id)))


def test_picture_it_shows_every_condition_in_words() -> None:
    for drawn in sound():
        seen = _plain(words(picture(drawn)))
        for step in drawn.procedure.steps.values():
            for branch in step.next:
                if branch.condition is not None:
                    assert _plain(told(drawn.procedure, branch.condition, SPANISH)) in seen


def test_picture_it_names_each_role_above_its_lane_and_each_result_at_an_end() -> None:
    for drawn in sound():
        seen = words(picture(drawn))
        roles = {step.who.role for step in drawn.procedure.steps.values() if step.who}

        assert all(drawn.procedure.roles[role].title in seen for role in roles)
        assert all(_plain(one.replace("_", " ")) in _plain(seen) for one in _results(drawn))


def test_picture_it_hangs_a_clock_on_the_step_where_a_limit_is_met() -> None:
    root = picture(sound()[0])

    assert "2 días" in words(by_id(root, "Step_anotar"))
    assert "72 horas" in words(by_id(root, "Step_pedir"))
    assert "72 horas" in words(by_id(root, "Step_cerrar"))
    assert "horas" not in words(by_id(root, "Step_anotar"))


def test_picture_it_tells_every_limit_in_words_below() -> None:
    told = words(by_id(picture(sound()[0]), "limits"))

    assert "Atender: 72 horas" in told
    assert _plain("Corre desde que se abre el caso; se cumple cuando se envía «pedido»") in _plain(
        told
    )


def test_picture_it_takes_its_colours_from_variables_that_follow_light_and_dark() -> None:
    drawing = svg_of(sound()[0].layout, SPANISH)
    style, rest = drawing.split("</style>")
    light, dark = style.split("prefers-color-scheme: dark")
    painted = set(re.findall(r"var\((--[a-z-]+)\)", style))

    assert not re.search(r"#[0-9a-f]{6}", rest)
    assert painted
    assert all(f"{name}:" in light and f"{name}:" in dark for name in painted)


def test_words_every_event_has_a_sentence_in_every_language() -> None:
    for wording in WORDINGS.values():
        assert set(wording.events) == set(EventKind)


def _results(drawn: Drawn) -> set[str]:
    branches = [branch for step in drawn.procedure.steps.values() for branch in step.next]
    return {branch.end for branch in branches if branch.end is not None}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
