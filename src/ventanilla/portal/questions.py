"""What the public's form asks, as the engine would judge it if the case had just begun."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Ask, Field, Portal, Procedure
from ventanilla.core.definition.values import Reading
from ventanilla.core.engine import forms
from ventanilla.core.engine.commands import Performer, PerformerKind
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.scope import zone_of
from ventanilla.core.engine.state import NEW
from ventanilla.packs.identifiers import identity_check

CHANNEL = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The questions of a request, and which of them the answers given so far call for."""

    procedure: Procedure
    portal: Portal
    office: str
    now: datetime

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self.procedure.fields[ask.field] for ask in self.portal.ask)

    @property
    def reading(self) -> Reading:
        return Reading(identity=identity_check, zone=zone_of(self.procedure, self.office))

    def asked(self, values: Mapping[str, Value]) -> frozenset[str]:
        """The fields that are asked with these answers."""
        run = self._run(values)
        return frozenset(ask.field for ask in self.portal.ask if self._holds(run, ask))

    def demands(self, field: str, values: Mapping[str, Value]) -> bool:
        """Whether the request is not taken without an answer to this question."""
        run = self._run(values)
        ask = self._ask(field)
        if ask is None or not self._holds(run, ask):
            return False
        return ask.required or (ask.required_if is not None and run.holds(ask.required_if))

    def may_demand(self, field: str) -> bool:
        """Whether some answers make this question one that must be answered."""
        ask = self._ask(field)
        return ask is not None and (ask.required or ask.required_if is not None)

    def _ask(self, field: str) -> Ask | None:
        return next((ask for ask in self.portal.ask if ask.field == field), None)

    def _holds(self, run: Run, ask: Ask) -> bool:
        return run.holds(ask.condition) and run.holds(self.procedure.fields[ask.field].show_if)

    def _run(self, values: Mapping[str, Value]) -> Run:
        given = {**forms.defaults(self.procedure), **values}
        state = replace(NEW, channel=CHANNEL, office=self.office, fields=given, opened_at=self.now)
        public = Performer(kind=PerformerKind.PARTY)
        return Run(self.procedure, state, self.now, self.now, public)
