"""The namespaces of the notations, and how their prefixes are written."""

from xml.etree import ElementTree as ET

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

_PREFIXES = {
    "bpmn": BPMN,
    "bpmndi": BPMNDI,
    "dc": DC,
    "di": DI,
    "dmn": DMN,
    "xsi": XSI,
}
for _prefix, _space in _PREFIXES.items():
    ET.register_namespace(_prefix, _space.strip("{}"))


def prefixed(root: ET.Element) -> str:
    """The document as text, with the usual prefixes."""
    ET.indent(root)
    written = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'
