"""What the public can ask for by itself, on the organisation's own pages."""

from dataclasses import dataclass

from ventanilla.core.definition.model.flow import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A request that anybody can begin with a form. ``deadlines`` are those the public is shown."""

    title: str
    summary: str = ""
    ask: tuple[Ask, ...] = ()
    thanks: str = ""
    deadlines: tuple[str, ...] = ()
