"""What the readme quotes of a pack stands in that pack, word for word."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_readme_its_examples_are_those_of_the_exporter_desk() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    procedure = (ROOT / "packs/promperu/procedures/atencion-exportador.yaml").read_text("utf-8")

    quoted = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)

    assert quoted
    assert [part for part in quoted if part not in procedure] == []
