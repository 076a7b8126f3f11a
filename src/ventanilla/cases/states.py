"""The stored state of a case, as text."""

from json import loads

from ventanilla.cases.journal import as_text
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine.state import State
from ventanilla.core.engine.state_codec import read_state, write_state


def store_state(procedure: Procedure, state: State) -> str:
    """The state as text; equal states give equal text."""
    return as_text(write_state(procedure, state))


def load_state(procedure: Procedure, text: str) -> State:
    """The state that was stored."""
    return read_state(procedure, loads(text))
