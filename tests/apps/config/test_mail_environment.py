"""How mail enters and leaves an installation, as its environment says."""

import pytest

from tests.apps.config.test_environment import PRODUCTION
from ventanilla.config.environment import UnusableEnvironment, read_environment


@pytest.mark.parametrize(("written", "meant"), [("+", "+"), ("-", "-"), ("=", "="), ("none", "")])
def test_the_separator_of_tagged_addresses_it_is_what_was_written(written: str, meant: str) -> None:
    environment = read_environment({**PRODUCTION, "VENTANILLA_REPLY_SEPARATOR": written})

    assert environment.reply_separator == meant


@pytest.mark.parametrize("written", ["", "++", "@", "."])
def test_a_separator_that_would_break_addresses_it_is_refused(written: str) -> None:
    with pytest.raises(UnusableEnvironment, match="VENTANILLA_REPLY_SEPARATOR"):
        read_environment({**PRODUCTION, "VENTANILLA_REPLY_SEPARATOR": written})


def test_an_inbox_folder_it_is_there_only_when_named_or_in_a_demonstration() -> None:
    demo = read_environment({"VENTANILLA_DEMO": "1"})
    named = read_environment({**PRODUCTION, "VENTANILLA_INBOX": "/srv/inbox"})

    assert read_environment(PRODUCTION).inbox_folder is None
    assert named.inbox_folder == "/srv/inbox"
    assert demo.inbox_folder is not None
